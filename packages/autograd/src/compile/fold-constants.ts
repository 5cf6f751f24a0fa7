import { canEvaluate, evaluateNode } from '../backends/reference/evaluate.ts';
import { constant, decodeConstant, isConstant, type Tensor } from '../graph/tensor.ts';
import type { HostArray } from '../host-array.ts';
import type { ElementwiseName } from '../primitives/attributes.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { isPrimitive } from '../primitives/define.ts';
import { elementwisePrimitives } from '../primitives/elementwise.ts';
import { broadcastShape, type Shape, sameShape, sizeOf } from '../shape.ts';
import { type Pass, rebuild, rewrite } from './rewrite.ts';

/**
 * Computes what depends on constants only. A repeated constant stays a small constant under a `broadcast`, and nothing
 * is folded that would take more room than the constants it is made of. Repetitions do not count, and only elementwise work
 * folds them: the same graph must fold alike for one image and for many, or their last bits would differ.
 */
export const foldConstants: Pass = (draft) =>
  rewrite(draft, (node, inputs) => {
    if (!isPrimitive(node.definition) || node.op === 'broadcast') return rebuild(node, inputs);
    return foldBroadcasts(node, inputs) ?? foldArrays(node, inputs) ?? rebuild(node, inputs);
  });

/** The constant under a tensor that is a constant or repeats one. */
function sourceConstant(tensor: Tensor): Tensor | undefined {
  const source = tensor.op === 'broadcast' ? tensor.inputs[0] : tensor;
  return isConstant(source) ? source : undefined;
}

/** f(broadcast a, broadcast b) = broadcast f(a, b): computed before the repetition, at the size of the constants. */
function foldBroadcasts(node: Tensor, inputs: readonly Tensor[]): Tensor | undefined {
  const sources = inputs.map(sourceConstant);
  if (!isElementwise(node.op) || !sources.every((source) => source !== undefined)) return undefined;
  const small = sources.reduce<Shape>((shape, source) => broadcastShape(node.op, shape, source.shape), []);
  if (sameShape(small, node.shape)) return undefined;
  const { build } = elementwisePrimitives[node.op].definition;
  const values = sources.map((source) => stretchConstant(source, small));
  const result = evaluateNode(
    build(
      sources.map((source) => broadcast(source, small)),
      {},
    ),
    values,
  );
  const scalar = small.length === 0 && node.dtype === 'float';
  return broadcast(constant(scalar ? result.data[0] : result, { dtype: node.dtype }), node.shape);
}

function stretchConstant(source: Tensor, shape: Shape): HostArray {
  const value = decodeConstant(source);
  const stretched = broadcast(source, shape);
  return stretched === source ? value : evaluateNode(stretched, [value]);
}

function foldArrays(node: Tensor, inputs: readonly Tensor[]): Tensor | undefined {
  const sources = inputs.map(sourceConstant);
  if (!canEvaluate(node.op) || !sources.every((source) => source !== undefined)) return undefined;
  if (!isElementwise(node.op) && !inputs.every(isConstant)) return undefined;
  const room = inputs.filter(isConstant).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (sizeOf(node.shape) > room) return undefined;
  if (node.op === 'reshape') return reshapeConstant(sources[0], node);
  const values = inputs.map((tensor, i) => stretchConstant(sources[i], tensor.shape));
  return constant(evaluateNode(rebuild(node, inputs), values), { dtype: node.dtype });
}

/** Another shape for the same bytes: a stored weight keeps its file form. */
function reshapeConstant(source: Tensor, { shape, dtype }: Tensor): Tensor {
  const stored = source.attrs.source as HostArray;
  return constant({ ...stored, shape }, { dtype });
}

function isElementwise(op: string): op is ElementwiseName {
  return op in elementwisePrimitives;
}
