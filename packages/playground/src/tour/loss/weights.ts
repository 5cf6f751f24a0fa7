import { batch, computed } from '@preact/signals';
import { resolveSettings } from 'igos/named';
import type { Settable } from '../../parts/controls.tsx';
import { paintedSize, settings, state } from '../../state/page-state.ts';

export interface Weights {
  readonly l1: number;
  readonly tv: number;
}

/** Masks that are painted and masks that are found have one size here, so that their terms compare. */
export const maskSize = [paintedSize, paintedSize] as const;

/** The weights in force: those that the reader set, else those of the preset for a mask of this size. */
export const weights = computed((): Weights => {
  const { l1, tv } = resolveSettings({ ...settings.value, maskSize }, { imageSize: maskSize, noiseUnit: 1 });
  return { l1, tv };
});

/** Sets both. From then on the TV weight is taken as it is, at every mask size. */
export function setWeights({ l1, tv }: Weights): void {
  batch(() => {
    state.l1.value = l1;
    state.tv.value = tv;
    state['tv-scale'].value = 'off';
  });
}

/** One of the weights as something that a control can set. */
export function weightControl(name: keyof Weights): Settable<number> {
  return {
    get value() {
      return weights.value[name];
    },
    set value(value) {
      setWeights({ ...weights.peek(), [name]: value });
    },
  };
}

/** Weights to compare. */
export const examples = {
  l1Only: { l1: 0.1, tv: 0 },
  tvOnly: { l1: 0, tv: 0.5 },
  both: { l1: 0.1, tv: 0.5 },
} satisfies Readonly<Record<string, Weights>>;

export type ExampleName = keyof typeof examples;
export const exampleNames = Object.keys(examples) as ExampleName[];

export function exampleOf({ l1, tv }: Weights): ExampleName | undefined {
  return exampleNames.find((name) => examples[name].l1 === l1 && examples[name].tv === tv);
}
