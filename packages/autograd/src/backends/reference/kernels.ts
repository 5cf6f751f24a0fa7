import { contractionKernels } from './contraction.ts';
import { elementwiseKernels } from './elementwise.ts';
import type { KernelTable } from './kernel-table.ts';
import { randomKernels } from './random.ts';
import { samplingKernels } from './sampling.ts';
import { structureKernels } from './structure.ts';

/** What every primitive means, in plain loops over float64. */
export const referenceKernels: KernelTable = {
  ...elementwiseKernels,
  ...structureKernels,
  ...contractionKernels,
  ...samplingKernels,
  ...randomKernels,
};
