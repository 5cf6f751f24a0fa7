import { fillNormal } from '../../random/normal-values.ts';
import { stateOfKey } from '../../random/random-key.ts';
import type { KernelTable } from './kernel-table.ts';

/** Noise by position, from a hash of the key. */
export const randomKernels = {
  randomNormal: (out, [key], { deviation }) => fillNormal(out.data, stateOfKey(key.data), deviation),
} satisfies Partial<KernelTable>;
