import type { OpBuilder } from '../op-call.ts';
import { activationOps } from './activation.ts';
import { convolutionOps } from './convolution.ts';
import { elementwiseOps } from './elementwise.ts';
import { foldedOps } from './folded.ts';
import { layoutOps } from './layout.ts';
import { reductionOps } from './reduction.ts';
import { slicingOps } from './slicing.ts';

/** How each op of the format is built, by its name. To read one more op, add a line to the table of its family. */
export const graphOps: ReadonlyMap<string, OpBuilder> = new Map(
  Object.entries({
    ...elementwiseOps,
    ...activationOps,
    ...convolutionOps,
    ...reductionOps,
    ...layoutOps,
    ...slicingOps,
    ...foldedOps,
  }),
);
