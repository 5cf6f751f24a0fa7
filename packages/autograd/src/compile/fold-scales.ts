import { isConstant, type Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import { add, mul } from '../primitives/elementwise.ts';
import { reshape } from '../primitives/structure.ts';
import { sizeOf } from '../shape.ts';
import { repeated } from './constants.ts';
import { type Draft, readersIn, rebuild, rewrite } from './rewrite.ts';

/** Contractions that are linear in a filter, and the first of the filter's axes that are channels of the result. */
const channelAxis: Readonly<Record<string, number>> = {
  conv2d: 3,
  conv2dInputGrad: 3,
  depthwiseConv2d: 2,
  depthwiseConv2dInputGrad: 2,
  matmul: 1,
};

/**
 * Moves multiplications by a constant per channel into the filter beside them: batch normalization after a convolution
 * disappears into its weights, and so does its gradient before the convolution's input gradient.
 */
export function foldScales(draft: Draft): Draft {
  const { outputs } = draft;
  const readers = readersIn(topologicalOrder(outputs));
  /** Read by nobody else, and the same for what a shift is added to: else the contraction would be computed twice. */
  const readOnce = (node: Tensor): boolean =>
    readers.get(node)?.length === 1 && !outputs.includes(node) && (node.op !== 'add' || readOnce(node.inputs[0]));
  return rewrite(draft, (node, inputs) => {
    const again = rebuild(node, inputs);
    if (node.op === 'mul' && readOnce(node.inputs[0])) return scaleResult(again) ?? again;
    if (node.op.endsWith('InputGrad')) return scaleGradient(again) ?? again;
    return again;
  });
}

/** (x ∗ w + b) · k = x ∗ (w · k) + b · k. */
function scaleResult({ inputs: [scaled, factor] }: Tensor): Tensor | undefined {
  if (scaled.op === 'add' && perChannel(scaled.inputs[1])) {
    const [sum, shift] = scaled.inputs;
    const moved = scaleFilter(sum, factor);
    return moved && add(moved, mul(shift, factor));
  }
  return scaleFilter(scaled, factor);
}

/** (x ∗ w) · k = x ∗ (w · k). */
function scaleFilter(contraction: Tensor, factor: Tensor): Tensor | undefined {
  const [x, filter] = contraction.inputs;
  const plain = contraction.attrs.transposeB !== true && !contraction.op.endsWith('InputGrad');
  return plain && filter && isConstant(filter) ? withScale(contraction, x, factor) : undefined;
}

/** The input gradient of (g · k) with filter w is that of g with filter w · k. */
function scaleGradient(node: Tensor): Tensor | undefined {
  const [grad] = node.inputs;
  return grad.op === 'mul' ? withScale(node, grad.inputs[0], grad.inputs[1]) : undefined;
}

/** The same contraction of x, with the channels of its filter multiplied by a constant. */
function withScale(contraction: Tensor, x: Tensor, factor: Tensor): Tensor | undefined {
  const [, filter] = contraction.inputs;
  const scale = perChannel(factor);
  const axis = channelAxis[contraction.op];
  if (!scale || axis === undefined) return undefined;
  const channels = reshape(scale, sizeOf(scale.shape) === 1 ? [] : filter.shape.slice(axis));
  return rebuild(contraction, [x, mul(filter, channels)]);
}

/** The constant that a tensor repeats along all axes but the last. */
function perChannel(tensor: Tensor): Tensor | undefined {
  const source = repeated(tensor);
  const size = sizeOf(source.shape);
  const alongLast = source.shape.at(-1) === size && tensor.shape.at(-1) === size;
  return isConstant(source) && (alongLast || size === 1) ? source : undefined;
}
