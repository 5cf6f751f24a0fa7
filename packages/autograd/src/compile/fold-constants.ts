import { constantValue } from '../graph/constant-value.ts';
import { constant, isConstant, type Tensor } from '../graph/tensor.ts';
import type { HostArray } from '../host-array.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { isElementwise } from '../primitives/elementwise.ts';
import { broadcastShape, type Shape, sameShape, sizeOf } from '../shape.ts';
import { repeated, repeatsConstant } from './constants.ts';
import { type Pass, rebuild, rewrite } from './rewrite.ts';

/**
 * Computes what depends on constants only. A repeated constant stays a small constant under a `broadcast`, and nothing
 * is folded that would take more room than the constants it is made of. Repetitions do not count, and only elementwise work
 * folds them: the same graph must fold alike for one image and for many, or their last bits would differ.
 */
export const foldConstants: Pass = (draft) =>
  rewrite(draft, (node, inputs) => {
    const again = rebuild(node, inputs);
    if (inputs.length === 0 || node.op === 'broadcast' || !inputs.every(repeatsConstant)) return again;
    return foldBroadcasts(again) ?? foldArrays(again) ?? again;
  });

/** f(broadcast a, broadcast b) = broadcast f(a, b): computed before the repetition, at the size of the constants. */
function foldBroadcasts(node: Tensor): Tensor | undefined {
  if (!isElementwise(node)) return undefined;
  const sources = node.inputs.map(repeated);
  const small = sources.reduce<Shape>((shape, source) => broadcastShape(node.op, shape, source.shape), []);
  if (sameShape(small, node.shape)) return undefined;
  const inputs = sources.map((source) => broadcast(source, small));
  const folded = foldNode(rebuild(node, inputs));
  return folded && broadcast(folded, node.shape);
}

function foldArrays(node: Tensor): Tensor | undefined {
  if (!isElementwise(node) && !node.inputs.every(isConstant)) return undefined;
  const room = node.inputs.filter(isConstant).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (sizeOf(node.shape) > room) return undefined;
  return node.op === 'reshape' ? reshapeConstant(node) : foldNode(node);
}

function foldNode(node: Tensor): Tensor | undefined {
  const value = constantValue(node);
  const scalar = node.shape.length === 0 && node.dtype === 'float';
  return value && constant(scalar ? value.data[0] : value, { dtype: node.dtype });
}

/** Another shape for the same bytes: a stored weight keeps its file form. */
function reshapeConstant({ inputs: [source], shape, dtype }: Tensor): Tensor {
  const stored = source.attrs.source as HostArray;
  return constant({ ...stored, shape }, { dtype });
}
