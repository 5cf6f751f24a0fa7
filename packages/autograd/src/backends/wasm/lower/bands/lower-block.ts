import type { Plan } from '../../../../compile/plan.ts';
import { move } from '../../kernels/move.ts';
import type { Layout } from '../../memory/layout.ts';
import type { Region } from '../../memory/region.ts';
import type { KeptStep } from '../conditions.ts';
import type { LowerContext, StepCalls } from '../context.ts';
import { lowerRows } from '../index.ts';
import { emitZero, emitZeroHalo } from '../map.ts';
import { type Block, haloOf, windowLayout } from './find-blocks.ts';
import type { Rows } from './rows-read.ts';
import { windowRows } from './schedule.ts';

/**
 * Lowers the steps of a block band by band: each computes the rows that the next one needs, into a window that moves
 * down the image. Rows above and below the image are zeros in the window, as are the columns beside it.
 */
export function lowerBlock(
  ctx: LowerContext,
  block: Block,
  { plan, steps }: { readonly plan: Plan; readonly steps: readonly KeptStep[] },
): StepCalls[] {
  const { first, last, schedule } = block;
  const inBlock = steps.slice(first, last + 1);
  const windows = inBlock.slice(0, -1).map((step, i) => {
    return new Window(ctx, { step, next: inBlock[i + 1], plan, rows: windowRows(schedule, i), block });
  });
  return schedule.flatMap((parts, band) =>
    parts.map(({ rows, window }, i): StepCalls => {
      const lower = () => {
        windows[i]?.moveTo(window);
        if (i === parts.length - 1 && band === 0) emitZeroHalo(ctx, ctx.stored(inBlock[i].output));
        if (rows.to > rows.from) lowerRows(ctx, inBlock[i], rows);
      };
      return { step: first + i, calls: ctx.collect(first + i, lower) };
    }),
  );
}

interface WindowParts {
  readonly step: KeptStep;
  /** The only step that reads it. */
  readonly next: KeptStep;
  readonly plan: Plan;
  readonly rows: number;
  readonly block: Block;
}

/** The rows of a step's result that are in memory. */
class Window {
  readonly #ctx: LowerContext;
  readonly #parts: WindowParts;
  readonly #layout: Layout;
  readonly #region: Region;
  #rows: Rows | undefined;

  constructor(ctx: LowerContext, parts: WindowParts) {
    const { step, next, plan, rows, block } = parts;
    this.#ctx = ctx;
    this.#parts = parts;
    this.#layout = windowLayout(step.shape, haloOf(next, plan), rows);
    this.#region = { floats: this.#layout.floats, born: block.first, dies: block.last, address: 0 };
  }

  /** Makes the window hold these rows: keeps those that it has already, and clears those outside of the image. */
  moveTo(rows: Rows): void {
    const { step, next, plan } = this.#parts;
    const { strides, offset } = this.#layout;
    const before = this.#rows;
    this.#rows = rows;
    // A value's place is told as if all its rows were there.
    const layout = {
      ...this.#layout,
      shape: step.shape,
      offset: offset - rows.from * strides[1],
      halo: haloOf(next, plan),
    };
    this.#ctx.place(step.output, { region: this.#region, layout });
    if (!before) emitZeroHalo(this.#ctx, { region: this.#region, layout: this.#layout });
    else this.#keep({ from: rows.from, to: before.to }, before);
    const known = before?.to ?? rows.from;
    const height = step.shape[1];
    this.#clear({ from: rows.from, to: Math.min(0, rows.to) }, before === undefined);
    this.#clear({ from: Math.max(height, known), to: rows.to }, true);
  }

  /** Moves rows of the window that was to the top of the one that is. */
  #keep(kept: Rows, { from }: Rows): void {
    if (kept.to <= kept.from || kept.from === from) return;
    const { strides } = this.#layout;
    const bytes = 4 * strides[1] * (kept.to - kept.from);
    this.#ctx.call({
      kernel: move,
      ...{ units: 1, count: bytes, lastCount: bytes },
      arguments: [
        { region: this.#region, start: 0, step: 0 },
        { region: this.#region, start: (kept.from - from) * strides[1], step: 0 },
      ],
    });
  }

  #clear({ from, to }: Rows, isNew: boolean): void {
    if (!isNew || to <= from || !this.#rows) return;
    const row = this.#layout.strides[1];
    const start = (from - this.#rows.from) * row;
    emitZero(this.#ctx, { region: this.#region, start, floats: (to - from) * row, count: 1, distance: 0 });
  }
}
