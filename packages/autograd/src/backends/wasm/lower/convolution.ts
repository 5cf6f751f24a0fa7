import { bindChain } from './chain.ts';
import type { KeptStep } from './conditions.ts';
import type { LowerContext } from './context.ts';
import { emitContraction } from './contract.ts';
import { withHalo } from './map.ts';
import { sweepsOf } from './sweeps.ts';

/**
 * A convolution or its input gradient. Rows are pixels of the result; what is summed over are the taps and channels, runs
 * of neighbouring floats of the image.
 */
export function lowerConv2d(ctx: LowerContext, step: KeptStep): void {
  const [, filter] = step.inputs;
  const { image, sweeps } = sweepsOf(ctx, step);
  const [, , inputs, outputs] = ctx.shapeOf(filter);
  const [, , perInput] = ctx.stridesOf(filter);
  const channels = [
    { extent: inputs, stride: perInput },
    { extent: outputs, stride: 1 },
  ];
  const [summed, columns] = ctx.convolution(step).form === 'forward' ? channels : channels.reverse();
  for (const { start, rows, columns: places, filterStart, tapRows, tapColumns } of sweeps) {
    emitContraction(ctx, {
      a: image,
      start,
      rows: [
        { axis: 0, first: 0, step: 1, extent: step.shape[0], move: image.layout.strides[0] },
        { axis: 1, ...rows },
        { axis: 2, ...places },
      ],
      steps: [tapRows.image, tapColumns.image, 1],
      matrix: {
        value: filter,
        start: filterStart,
        rows: [
          { extent: tapRows.extent, stride: tapRows.filter },
          { extent: tapColumns.extent, stride: tapColumns.filter },
          summed,
        ],
        columns,
      },
      out: ctx.stored(step.output),
      chain: bindChain(ctx, step),
    });
  }
}

/** Rows are taps and input channels; what is summed over are the output pixels of all images. */
export function lowerConv2dFilterGrad(ctx: LowerContext, step: KeptStep): void {
  const [x, gradient] = step.inputs;
  const { axes, halo } = ctx.convolution(step);
  const [rows, columns] = axes;
  const image = withHalo(ctx, ctx.stored(x), halo);
  const grad = ctx.stored(gradient);
  const [imageStride, rowStride, pixelStride] = image.layout.strides;
  const [images] = ctx.shapeOf(x);
  emitContraction(ctx, {
    a: image,
    start: -rows.before * rowStride - columns.before * pixelStride,
    rows: [
      { axis: 0, first: 0, step: 1, extent: rows.taps, move: rows.dilation * rowStride },
      { axis: 1, first: 0, step: 1, extent: columns.taps, move: columns.dilation * pixelStride },
      { axis: 2, first: 0, step: 1, extent: step.shape[2], move: 1 },
    ],
    steps: [imageStride, rows.stride * rowStride, columns.stride * pixelStride],
    matrix: {
      value: gradient,
      start: 0,
      rows: [
        { extent: images, stride: grad.layout.strides[0] },
        { extent: rows.places, stride: grad.layout.strides[1] },
        { extent: columns.places, stride: grad.layout.strides[2] },
      ],
      columns: { extent: step.shape[3], stride: 1 },
    },
    out: ctx.stored(step.output),
    chain: bindChain(ctx, step),
  });
}
