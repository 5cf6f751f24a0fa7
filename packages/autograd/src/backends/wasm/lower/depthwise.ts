import type { Shape } from '../../../shape.ts';
import { type ChainSource, chainOfTwo } from '../kernels/chain.ts';
import { depthwise } from '../kernels/depthwise.ts';
import { denseLayout } from '../memory/layout.ts';
import { type BoundChain, bindChain, chainArrays } from './chain.ts';
import type { KeptStep } from './conditions.ts';
import { type LowerContext, shareOf, unitsOf } from './context.ts';
import { emitMap, walkAll, withHalo } from './map.ts';
import { emitReduce } from './reduce.ts';
import { type Sweep, sweepsOf } from './sweeps.ts';
import type { Stored } from './values.ts';

/** A depthwise convolution or its input gradient. */
export function lowerDepthwise(ctx: LowerContext, step: KeptStep): void {
  const { image, sweeps } = sweepsOf(ctx, step);
  const [filter, out] = [step.inputs[1], step.output].map((id) => ctx.stored(id));
  const chain = bindChain(ctx, step);
  for (const sweep of sweeps) emitSweep(ctx, { image, filter, out, chain, ...sweep });
}

/** For each filter tap and channel: the sum over all pixels of the image under the tap times the gradient. */
export function lowerDepthwiseFilterGrad(ctx: LowerContext, step: KeptStep): void {
  const [x, gradient] = step.inputs;
  const [tapRows, tapColumns, channels] = step.shape;
  const { axes, halo } = ctx.convolution(step);
  const [rows, columns] = axes;
  const image = withHalo(ctx, ctx.stored(x), halo);
  const grad = ctx.stored(gradient);
  const [imageStride, rowStride, pixelStride] = image.layout.strides;
  const result = ctx.scratch(denseLayout(step.shape));
  emitReduce(ctx, {
    kind: 'sum',
    kept: {
      extents: [tapRows, tapColumns, channels],
      out: [result.layout.strides[0], result.layout.strides[1], 1],
    },
    reduced: [ctx.shapeOf(x)[0], rows.places, columns.places],
    out: { stored: result, start: 0 },
    inputs: [
      {
        stored: image,
        start: -rows.before * rowStride - columns.before * pixelStride,
        strides: [
          rows.dilation * rowStride,
          columns.dilation * pixelStride,
          1,
          imageStride,
          rows.stride * rowStride,
          columns.stride * pixelStride,
        ],
      },
      { stored: grad, start: 0, strides: [0, 0, 1, ...grad.layout.strides.slice(0, 3)] },
    ],
    chain: chainOfTwo('mul'),
  });
  emitChainOver(ctx, { result, out: ctx.stored(step.output), shape: step.shape, chain: bindChain(ctx, step) });
}

interface DepthwiseCall extends Sweep {
  readonly image: Stored;
  readonly filter: Stored;
  readonly out: Stored;
  readonly chain: BoundChain;
}

/** Most pixels that a unit computes. */
const mostPixelsPerUnit = 96;

function emitSweep(ctx: LowerContext, call: DepthwiseCall): void {
  const { image, start, rows, columns, filter, out, chain } = call;
  const [images, , , channels] = out.layout.shape;
  if (rows.extent === 0 || columns.extent === 0 || channels === 0) return;
  const arrays = [{ stored: out, strides: out.layout.strides }, ...chainArrays(chain)];
  const rowStrides = [rows.move, ...arrays.map(({ strides }) => strides[1] * rows.step)];
  const most = Math.floor(mostPixelsPerUnit / columns.extent);
  const perUnit = shareOf(rows.extent, { step: 1, least: 1, most });
  const kernel = depthwise({
    channels,
    tapRows: call.tapRows,
    tapColumns: call.tapColumns,
    rowStrides,
    width: columns.extent,
    pixelStrides: [columns.move, ...arrays.map(({ strides }) => strides[2] * columns.step)],
    inputs: chain.inputs.map(({ access }) => access),
    chain: chain.chain,
    conditions: chain.conditions,
    multiplyAdd: ctx.multiplyAdd,
  });
  for (let n = 0; n < images; n++) {
    ctx.call({
      kernel,
      ...unitsOf(rows.extent, perUnit),
      arguments: [
        {
          region: image.region,
          start: image.layout.offset + start + n * image.layout.strides[0],
          step: perUnit * rowStrides[0],
        },
        { region: filter.region, start: filter.layout.offset + call.filterStart, step: 0 },
        ...arrays.map(({ stored, strides }, i) => ({
          region: stored.region,
          start: stored.layout.offset + n * strides[0] + rows.first * strides[1] + columns.first * strides[2],
          step: perUnit * rowStrides[i + 1],
        })),
      ],
    });
  }
}

interface ChainOver {
  readonly result: Stored;
  readonly out: Stored;
  readonly shape: Shape;
  readonly chain: BoundChain;
}

/** Runs a step's chain over a finished result, where its kernel could not. */
function emitChainOver(ctx: LowerContext, { result, out, shape, chain }: ChainOver): void {
  const operands = chain.chain.operands.map((operand): ChainSource => {
    if (operand.kind === 'result') return { kind: 'input', input: 0 };
    return operand.kind === 'literal' ? operand : { ...operand, input: operand.input + 1 };
  });
  emitMap(ctx, {
    extents: shape,
    out: walkAll(out),
    inputs: [walkAll(result), ...chain.inputs.map((input) => ({ ...input, start: 0 }))],
    chain: { operands, instructions: chain.chain.instructions },
    conditions: chain.conditions,
    ...(chain.bits && { bits: { ...chain.bits, start: 0 } }),
  });
}
