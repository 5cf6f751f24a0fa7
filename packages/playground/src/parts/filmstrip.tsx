import type { RgbImage } from 'igos/pictures';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { paint } from '../draw/canvas.ts';
import type { Settable } from './controls.tsx';

/** Pictures in a row, one of them chosen: by pointer, or by arrow keys, Home and End. It may fill up from the left. */
export function Filmstrip({
  label,
  length,
  frames,
  chosen,
}: {
  readonly label: string;
  /** Frames that there will be. */
  readonly length: number;
  readonly frames: readonly { readonly image: RgbImage; readonly label: string }[];
  /** From 0. */
  readonly chosen: Settable<number>;
}) {
  const strip = useRef<HTMLFieldSetElement>(null);
  const current = Math.min(chosen.value, length - 1);
  const frameAt = (index: number) => strip.current?.querySelectorAll('button')[index];
  useEffect(() => {
    const [frame, film] = [frameAt(current), strip.current];
    if (frame && film) film.scrollLeft = frame.offsetLeft - (film.clientWidth - frame.clientWidth) / 2;
  }, [current, length]);
  return (
    <fieldset
      class="film"
      ref={strip}
      onKeyDown={(event) => {
        const moves: Readonly<Record<string, number>> = {
          ...{ ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: length - 1 },
        };
        const to = moves[event.key];
        if (to === undefined) return;
        event.preventDefault();
        chosen.value = Math.min(length - 1, Math.max(0, to));
        frameAt(chosen.value)?.focus();
      }}
    >
      <legend class="unseen">{label}</legend>
      {Array.from({ length }, (_, i) => (
        <button
          type="button"
          key={i}
          tabIndex={i === current ? 0 : -1}
          aria-pressed={i === current}
          aria-label={frames[i]?.label ?? `${i + 1}`}
          onClick={() => {
            chosen.value = i;
          }}
        >
          <Frame image={frames[i]?.image} />
        </button>
      ))}
    </fieldset>
  );
}

function Frame({ image }: { readonly image: RgbImage | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current && image) paint(canvas.current, image);
  }, [image]);
  return <canvas ref={canvas} />;
}
