import { type ReadonlySignal, type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { Slider } from '../../parts/controls.tsx';
import { inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

interface Player {
  /** The step that is shown. */
  readonly shown: Signal<number>;
  readonly playing: ReadonlySignal<boolean>;
  /** Plays on, from the start when it was at the end, or stops. */
  toggle(): void;
}

/**
 * Plays the steps from 0 to the last. The kept step follows when it stands still: a link that changed with every picture
 * would be more than browsers allow.
 */
export function usePlayer(kept: Signal<number>, last: number): Player {
  const shown = useSignal(kept.peek());
  const playing = useSignal(false);
  useSignalEffect(() => {
    shown.value = kept.value;
  });
  useSignalEffect(() => {
    if (!playing.value) kept.value = shown.value;
  });
  useSignalEffect(() => {
    if (!playing.value) return;
    const { stride, pause } = pace();
    const timer = setInterval(() => {
      shown.value = Math.min(last, shown.peek() + stride);
      if (shown.peek() === last) playing.value = false;
    }, pause);
    return () => clearInterval(timer);
  });
  const toggle = () => {
    if (!playing.peek() && shown.peek() === last) shown.value = 0;
    playing.value = !playing.peek();
  };
  return { shown, playing, toggle };
}

/** Steps at a time and milliseconds between: single pictures, one a second, for those who want nothing to move. */
function pace() {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return calm ? { stride: 5, pause: 1000 } : { stride: 1, pause: 120 };
}

/** The button and the slider of a player. */
export function PlayerControls({
  player: { shown, playing, toggle },
  last,
}: {
  readonly player: Player;
  readonly last: number;
}) {
  const w = inLanguage(words);
  return (
    <div class="replay">
      <button type="button" onClick={toggle}>
        {playing.value ? w.pause : w.play}
      </button>
      <Slider
        {...{ label: w.replaced, value: shown, min: 0, max: last, step: 1 }}
        format={(step) => w.step(step, last, percent(step / last, 0))}
      />
    </div>
  );
}
