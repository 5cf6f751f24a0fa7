import { attrsOf } from '../../../compile/plan.ts';
import { bindChain } from './chain.ts';
import type { KeptStep } from './conditions.ts';
import type { LowerContext } from './context.ts';
import { emitContraction } from './contract.ts';
import { type Axis, convolutionAxes, gradientHalo, imageHalo, phasesOf } from './geometry.ts';
import { withHalo } from './map.ts';

/** Rows are output pixels; what is summed over are the taps and input channels, runs of neighbouring floats of the image. */
export function lowerConv2d(ctx: LowerContext, step: KeptStep): void {
  const [x, filter] = step.inputs;
  const filterShape = ctx.shapeOf(filter);
  const axes = convolutionAxes(attrsOf('conv2d', step), {
    image: ctx.shapeOf(x),
    result: step.shape,
    filter: filterShape,
  });
  const image = withHalo(ctx, ctx.stored(x), imageHalo(axes));
  const [imageStride, rowStride, pixelStride] = image.layout.strides;
  const [rows, columns] = axes;
  const [perRow, perColumn, perChannel] = ctx.stridesOf(filter);
  emitContraction(ctx, {
    a: image,
    start: -rows.before * rowStride - columns.before * pixelStride,
    rows: [
      { axis: 0, first: 0, step: 1, extent: step.shape[0], a: imageStride },
      { axis: 1, first: 0, step: 1, extent: rows.places, a: rows.stride * rowStride },
      { axis: 2, first: 0, step: 1, extent: columns.places, a: columns.stride * pixelStride },
    ],
    steps: [rows.dilation * rowStride, columns.dilation * pixelStride, 1],
    matrix: {
      value: filter,
      start: 0,
      rows: [
        { extent: rows.taps, stride: perRow },
        { extent: columns.taps, stride: perColumn },
        { extent: filterShape[2], stride: perChannel },
      ],
      columns: { extent: filterShape[3], stride: 1 },
    },
    out: ctx.stored(step.output),
    chain: bindChain(ctx, step),
  });
}

/**
 * The same product with the filter turned round: an image pixel sums over the places of the window that met it. With
 * strides, the pixels fall into phases that each meet taps of their own.
 */
export function lowerConv2dInputGrad(ctx: LowerContext, step: KeptStep): void {
  const [gradient, filter] = step.inputs;
  const filterShape = ctx.shapeOf(filter);
  const axes = convolutionAxes(attrsOf('conv2dInputGrad', step), {
    image: step.shape,
    result: ctx.shapeOf(gradient),
    filter: filterShape,
  });
  const grad = withHalo(ctx, ctx.stored(gradient), gradientHalo(axes));
  const [imageStride, rowStride, pixelStride] = grad.layout.strides;
  const [perRow, perColumn, perChannel] = ctx.stridesOf(filter);
  const out = ctx.stored(step.output);
  const chain = bindChain(ctx, step);
  for (const row of phasesOf(axes[0])) {
    for (const column of phasesOf(axes[1])) {
      emitContraction(ctx, {
        a: grad,
        start: row.place * rowStride + column.place * pixelStride,
        rows: [
          { axis: 0, first: 0, step: 1, extent: step.shape[0], a: imageStride },
          { axis: 1, first: row.first, step: axes[0].stride, extent: row.pixels, a: rowStride },
          { axis: 2, first: column.first, step: axes[1].stride, extent: column.pixels, a: pixelStride },
        ],
        steps: [-row.placeStep * rowStride, -column.placeStep * pixelStride, 1],
        matrix: {
          value: filter,
          start: row.tap * perRow + column.tap * perColumn,
          rows: [
            { extent: row.taps, stride: row.tapStep * perRow },
            { extent: column.taps, stride: column.tapStep * perColumn },
            { extent: filterShape[3], stride: 1 },
          ],
          columns: { extent: filterShape[2], stride: perChannel },
        },
        out,
        chain,
      });
    }
  }
}

/** Rows are taps and input channels; what is summed over are the output pixels of all images. */
export function lowerConv2dFilterGrad(ctx: LowerContext, step: KeptStep): void {
  const [x, gradient] = step.inputs;
  const [rows, columns]: readonly Axis[] = convolutionAxes(attrsOf('conv2dFilterGrad', step), {
    image: ctx.shapeOf(x),
    result: ctx.shapeOf(gradient),
    filter: step.shape,
  });
  const image = withHalo(ctx, ctx.stored(x), imageHalo([rows, columns]));
  const grad = ctx.stored(gradient);
  const [imageStride, rowStride, pixelStride] = image.layout.strides;
  const [images] = ctx.shapeOf(x);
  emitContraction(ctx, {
    a: image,
    start: -rows.before * rowStride - columns.before * pixelStride,
    rows: [
      { axis: 0, first: 0, step: 1, extent: rows.taps, a: rows.dilation * rowStride },
      { axis: 1, first: 0, step: 1, extent: columns.taps, a: columns.dilation * pixelStride },
      { axis: 2, first: 0, step: 1, extent: step.shape[2], a: 1 },
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
