import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useIgosRun } from '../../engine/use-igos-run.ts';
import type { Run } from '../../engine/use-run.ts';
import { state } from '../../state/page-state.ts';
import { back, forward, type Position, positionAt, type Recorded, start, updateMoment } from './moments.ts';

/** Milliseconds that a moment is shown, and a whole iteration where the reader asked for less motion. */
const pace = { moment: 450, iteration: 1200 };

export interface Player {
  readonly run: Run;
  readonly recorded: ReadonlySignal<Recorded>;
  readonly position: ReadonlySignal<Position>;
  readonly playing: Signal<boolean>;
  /** Plays from here, or from the start once the end is reached; or pauses. */
  toggle(): void;
  /** Steps and jumps pause. */
  stepForward(): void;
  stepBack(): void;
  toIteration(iteration: number): void;
}

/** A run, and where the reader is in it: the link holds that. The run begins with the first move. */
export function usePlayer(): Player {
  const playing = useSignal(false);
  const run = useIgosRun(() => playing.value || state.iteration.value !== undefined);
  const recorded = useComputed(() => ({ steps: run.steps.value, ended: run.end.value !== undefined }));
  const position = useComputed(() => {
    return positionAt(recorded.value, { iteration: state.iteration.value, moment: state.moment.value });
  });
  const next = useComputed(() => {
    const after = forward(recorded.value, position.value);
    if (!after || !prefersLessMotion()) return after;
    const step = recorded.value.steps[after.iteration - 1];
    return step && after.moment <= updateMoment(step) ? { ...after, moment: updateMoment(step) } : after;
  });
  useSignalEffect(() => {
    if (!playing.value) return undefined;
    const after = next.value;
    if (after) {
      const timer = setTimeout(() => go(after, recorded.peek()), prefersLessMotion() ? pace.iteration : pace.moment);
      return () => clearTimeout(timer);
    }
    if (run.end.value || run.failure.value !== undefined) playing.value = false;
    return undefined;
  });
  const move = (to: Position | undefined) => {
    playing.value = false;
    if (to) go(to, recorded.peek());
  };
  return {
    ...{ run, recorded, position, playing },
    toggle: () => {
      const atEnd = run.end.peek() && !forward(recorded.peek(), position.peek());
      if (atEnd) go(start, recorded.peek());
      playing.value = !playing.peek();
    },
    stepForward: () => {
      const isEmpty = recorded.peek().steps.length === 0;
      move(isEmpty ? { iteration: 1, moment: 0 } : forward(recorded.peek(), position.peek()));
    },
    stepBack: () => move(back(recorded.peek(), position.peek())),
    toIteration: (iteration) => {
      move(positionAt(recorded.peek(), { iteration, moment: undefined }));
    },
  };
}

/** Writes the position to the link, as short as it can be. */
function go({ iteration, moment }: Position, { steps }: Recorded): void {
  const step = steps[iteration - 1];
  state.iteration.value = iteration === 0 ? undefined : iteration;
  state.moment.value = iteration === 0 || (step && moment === updateMoment(step)) ? undefined : moment;
}

function prefersLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
