import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { opened } from '../../engine/client.ts';
import { type Run, useRun } from '../../engine/use-run.ts';
import { baselineInUse, settings } from '../../state/page-state.ts';
import { type ExampleName, exampleOf, maskSize, type Weights, weights } from './weights.ts';

/** A mask that I-GOS found, whole or on its way. */
interface FoundMask {
  readonly mask: Float32Array;
  /** Those that it was found with. */
  readonly weights: Weights;
}

interface Found extends FoundMask {
  readonly score: number;
  /** Share that is hidden. */
  readonly area: number;
  readonly tv: number;
}

export interface MaskSearch {
  readonly run: Run;
  /** The last step's; it stays when the weights change, until it is dropped or there is another picture. */
  readonly shown: ReadonlySignal<FoundMask | undefined>;
  /** Results of whole runs with the weights of the examples, for this picture. */
  readonly results: ReadonlySignal<Readonly<Partial<Record<ExampleName, Found>>>>;
  drop(): void;
}

/** Runs with the weights in force, and what they have found so far. */
export function useMaskSearch(): MaskSearch {
  const shown = useSignal<FoundMask | undefined>(undefined);
  const results = useSignal<Readonly<Partial<Record<ExampleName, Found>>>>({});
  const run = useRun(() => ({
    baseline: baselineInUse.value,
    settings: { ...settings.value, ...weights.value, method: 'igos', tvScale: 'off', maskSize },
  }));
  const subject = useComputed(() => [opened.value, baselineInUse.value]);
  useSignalEffect(() => {
    void subject.value;
    shown.value = undefined;
    results.value = {};
  });
  useSignalEffect(() => {
    const step = run.steps.value.at(-1);
    if (step) shown.value = { mask: step.mask, weights: weights.peek() };
  });
  useSignalEffect(() => {
    const { result } = run.end.value ?? {};
    if (!result || result.stopped === 'aborted') return;
    const found = { mask: result.mask.data, weights: weights.peek(), ...result.final };
    shown.value = found;
    const example = exampleOf(found.weights);
    if (example) results.value = { ...results.peek(), [example]: found };
  });
  const drop = () => {
    run.stop();
    shown.value = undefined;
  };
  return { run, shown, results, drop };
}
