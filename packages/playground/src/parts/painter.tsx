import type { Signal } from '@preact/signals';
import type { RgbImage } from 'igos/pictures';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { paint } from '../draw/canvas.ts';

/**
 * A picture whose cells are painted on by pointer or keys: a drag paints what its first cell becomes; the arrow keys move
 * over the cells, space turns one.
 */
export function Painter({
  image,
  side,
  marked,
  words,
}: {
  readonly image: RgbImage | undefined;
  /** Cells along each side. */
  readonly side: number;
  readonly marked: Signal<readonly boolean[]>;
  readonly words: {
    readonly label: string;
    /** A cell by its row and column, counted from 1. */
    readonly cell: (row: number, column: number) => string;
  };
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const grid = useRef<HTMLFieldSetElement>(null);
  const stroke = useRef<{ readonly hides: boolean; readonly last: number } | undefined>(undefined);
  useLayoutEffect(() => {
    if (canvas.current && image) paint(canvas.current, image);
  }, [image]);

  const set = (cells: readonly number[], hidden: boolean) => {
    marked.value = marked.peek().map((was, cell) => (cells.includes(cell) ? hidden : was));
  };
  const cellAt = ({ clientX, clientY }: PointerEvent): number => {
    const { left, top, width, height } = grid.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    const place = (share: number) => Math.min(side - 1, Math.max(0, Math.floor(side * share)));
    return side * place((clientY - top) / height) + place((clientX - left) / width);
  };
  const move = (event: KeyboardEvent, cell: number) => {
    const [row, column] = [Math.floor(cell / side), cell % side];
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ...{ ArrowUp: [row - 1, column], ArrowDown: [row + 1, column] },
      ...{ ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1], Home: [row, 0], End: [row, side - 1] },
    };
    const to = moves[event.key];
    if (!to) return;
    event.preventDefault();
    const inside = to.map((at) => Math.min(side - 1, Math.max(0, at))) as [number, number];
    const next = grid.current?.querySelectorAll('button')[inside[0] * side + inside[1]];
    next?.focus();
  };

  return (
    <div class="painter">
      <canvas ref={canvas} />
      <fieldset
        ref={grid}
        style={{ '--side': side }}
        onPointerDown={(event) => {
          const cell = cellAt(event);
          const hides = !marked.peek()[cell];
          stroke.current = { hides, last: cell };
          event.currentTarget.setPointerCapture(event.pointerId);
          set([cell], hides);
        }}
        onPointerMove={(event) => {
          if (!stroke.current) return;
          const { hides, last } = stroke.current;
          const cell = cellAt(event);
          stroke.current = { hides, last: cell };
          if (cell !== last) set(cellsBetween(last, cell, side), hides);
        }}
        onPointerUp={() => {
          stroke.current = undefined;
        }}
        onPointerCancel={() => {
          stroke.current = undefined;
        }}
      >
        <legend class="unseen">{words.label}</legend>
        {marked.value.map((hidden, cell) => (
          <button
            type="button"
            key={cell}
            tabIndex={cell === 0 ? 0 : -1}
            aria-pressed={hidden}
            aria-label={words.cell(Math.floor(cell / side) + 1, (cell % side) + 1)}
            onKeyDown={(event) => {
              if (event.key === ' ' || event.key === 'Enter') {
                event.preventDefault();
                set([cell], !hidden);
              } else move(event, cell);
            }}
          />
        ))}
      </fieldset>
    </div>
  );
}

/** The cells on the straight way from one to another, both of them with it: a fast pointer leaves some out. */
function cellsBetween(from: number, to: number, side: number): number[] {
  const [fromRow, fromColumn] = [Math.floor(from / side), from % side];
  const [rows, columns] = [Math.floor(to / side) - fromRow, (to % side) - fromColumn];
  const steps = Math.max(Math.abs(rows), Math.abs(columns), 1);
  return Array.from({ length: steps + 1 }, (_, i) => {
    return side * (fromRow + Math.round((rows * i) / steps)) + fromColumn + Math.round((columns * i) / steps);
  });
}
