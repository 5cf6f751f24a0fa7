import { isConstant, type Tensor } from '../graph/tensor.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { isPrimitive } from '../primitives/define.ts';
import { add, mul } from '../primitives/elementwise.ts';
import { reshape } from '../primitives/structure.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { countReaders, type Draft, rebuild, rewrite } from './rewrite.ts';

/** Contractions that are linear in a constant filter, and the filter's shape with output channels alone kept. */
const filterChannels: Readonly<Record<string, (filter: Tensor) => Shape | undefined>> = {
  conv2d: ({ shape }) => [1, 1, 1, shape[3]],
  conv2dInputGrad: ({ shape }) => [1, 1, 1, shape[3]],
  depthwiseConv2d: ({ shape }) => [1, 1, shape[2], shape[3]],
  depthwiseConv2dInputGrad: ({ shape }) => [1, 1, shape[2], shape[3]],
  matmul: ({ shape }) => [1, shape[1]],
};

/**
 * Moves multiplications by a constant per channel into the filter beside them: batch normalization after a convolution
 * disappears into its weights, and so does its gradient before the convolution's input gradient.
 */
export function foldScales(draft: Draft): Draft {
  const readers = countReaders(draft.outputs);
  /** Read by nobody else, and the same for what a shift is added to: else the contraction would be computed twice. */
  const readOnce = (node: Tensor): boolean =>
    readers.get(node) === 1 && (node.op !== 'add' || readOnce(node.inputs[0]));
  return rewrite(draft, (node, inputs) => {
    const again = rebuild(node, inputs);
    if (node.op === 'mul' && readOnce(node.inputs[0])) return scaleResult(again) ?? again;
    if (node.op.endsWith('InputGrad')) return scaleGradient(again) ?? again;
    return again;
  });
}

/** (x ∗ w + b) · k = x ∗ (w · k) + b · k. */
function scaleResult({ inputs: [scaled, factor] }: Tensor): Tensor | undefined {
  const scale = perChannel(factor);
  if (!scale) return undefined;
  if (scaled.op === 'add' && perChannel(scaled.inputs[1])) {
    const [sum, shift] = scaled.inputs;
    const moved = scaleFilter(sum, scale);
    return moved && add(moved, mul(shift, factor));
  }
  return scaleFilter(scaled, scale);
}

/** The input gradient of (g · k) with filter w is that of g with filter w · k. */
function scaleGradient(node: Tensor): Tensor | undefined {
  const [grad, filter] = node.inputs;
  if (grad.op !== 'mul') return undefined;
  const scale = perChannel(grad.inputs[1]);
  const channels = filterChannels[node.op]?.(filter);
  if (!scale || !channels || !isPrimitive(node.definition)) return undefined;
  return node.definition.build([grad.inputs[0], scaledBy(filter, scale, channels)], node.attrs);
}

function scaleFilter(contraction: Tensor, scale: Tensor): Tensor | undefined {
  const [x, filter] = contraction.inputs;
  const channels = filterChannels[contraction.op]?.(filter);
  const plain = contraction.attrs.transposeB !== true && !contraction.op.endsWith('InputGrad');
  if (!channels || !plain || !isConstant(filter) || !isPrimitive(contraction.definition)) return undefined;
  return contraction.definition.build([x, scaledBy(filter, scale, channels)], contraction.attrs);
}

function scaledBy(filter: Tensor, scale: Tensor, channels: Shape): Tensor {
  const shaped =
    sizeOf(scale.shape) === 1
      ? reshape(
          scale,
          channels.map(() => 1),
        )
      : reshape(scale, channels);
  return mul(filter, broadcast(shaped, filter.shape));
}

/** The constant under a broadcast along all axes but the last. */
function perChannel(tensor: Tensor): Tensor | undefined {
  if (tensor.op !== 'broadcast') return undefined;
  const [source] = tensor.inputs;
  const channels = tensor.shape[tensor.shape.length - 1];
  const alongLast = source.shape[source.shape.length - 1] === channels && sizeOf(source.shape) === channels;
  return isConstant(source) && (alongLast || sizeOf(source.shape) === 1) ? source : undefined;
}
