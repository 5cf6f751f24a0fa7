import type { PrimitiveName } from '../../primitives/attributes.ts';
import { contractionKernels } from './contraction.ts';
import { elementwiseKernels } from './elementwise.ts';
import type { AnyKernel, KernelTable } from './kernel-table.ts';
import { randomKernels } from './random.ts';
import { samplingKernels } from './sampling.ts';
import { structureKernels } from './structure.ts';

/** What every primitive means, in plain loops over float64. */
const referenceKernels: KernelTable = {
  ...elementwiseKernels,
  ...structureKernels,
  ...contractionKernels,
  ...samplingKernels,
  ...randomKernels,
};

export function kernelOf(name: PrimitiveName): AnyKernel {
  return referenceKernels[name] as AnyKernel;
}
