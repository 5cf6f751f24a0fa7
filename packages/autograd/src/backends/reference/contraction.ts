import type { ConvolutionAttrs } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';
import type { KernelTable, View } from './kernel-table.ts';

/**
 * Every meeting of an image pixel, an output pixel and a filter tap, as three offsets of their first channels: which
 * tap of which window falls on which real pixel. Padding contributes nothing.
 */
function* meetings([image, output, filter]: readonly [Shape, Shape, Shape], geometry: ConvolutionAttrs) {
  const { strides, dilations, padding } = geometry;
  const [batch, height, width, channels] = image;
  const [, rows, columns, outputChannels] = output;
  const [filterRows, filterColumns, a, b] = filter;
  for (let n = 0; n < batch; n++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = ((n * rows + row) * columns + column) * outputChannels;
        for (let r = 0; r < filterRows; r++) {
          const y = row * strides[0] + r * dilations[0] - padding[0];
          if (y < 0 || y >= height) continue;
          for (let c = 0; c < filterColumns; c++) {
            const x = column * strides[1] + c * dilations[1] - padding[2];
            if (x < 0 || x >= width) continue;
            const pixel = ((n * height + y) * width + x) * channels;
            yield [pixel, at, (r * filterColumns + c) * a * b] as const;
          }
        }
      }
    }
  }
}

/** The three arrays that a convolution ties together: any one of them is linear in the other two. */
interface Parties {
  readonly image: View;
  readonly output: View;
  readonly filter: View;
}

function convolve({ image, output, filter }: Parties, geometry: ConvolutionAttrs): void {
  const [, , inputs, outputs] = filter.shape;
  const [x, y, w] = [image.data, output.data, filter.data];
  y.fill(0);
  for (const [pixel, at, tap] of meetings([image.shape, output.shape, filter.shape], geometry)) {
    for (let i = 0; i < inputs; i++) {
      const value = x[pixel + i];
      for (let o = 0; o < outputs; o++) y[at + o] += value * w[tap + i * outputs + o];
    }
  }
}

function convolveInputGrad({ image, output, filter }: Parties, geometry: ConvolutionAttrs): void {
  const [, , inputs, outputs] = filter.shape;
  const [x, y, w] = [image.data, output.data, filter.data];
  x.fill(0);
  for (const [pixel, at, tap] of meetings([image.shape, output.shape, filter.shape], geometry)) {
    for (let i = 0; i < inputs; i++) {
      let sum = 0;
      for (let o = 0; o < outputs; o++) sum += y[at + o] * w[tap + i * outputs + o];
      x[pixel + i] += sum;
    }
  }
}

function convolveFilterGrad({ image, output, filter }: Parties, geometry: ConvolutionAttrs): void {
  const [, , inputs, outputs] = filter.shape;
  const [x, y, w] = [image.data, output.data, filter.data];
  w.fill(0);
  for (const [pixel, at, tap] of meetings([image.shape, output.shape, filter.shape], geometry)) {
    for (let i = 0; i < inputs; i++) {
      const value = x[pixel + i];
      for (let o = 0; o < outputs; o++) w[tap + i * outputs + o] += value * y[at + o];
    }
  }
}

function depthwise({ image, output, filter }: Parties, geometry: ConvolutionAttrs): void {
  const [, , channels] = filter.shape;
  const [x, y, w] = [image.data, output.data, filter.data];
  y.fill(0);
  for (const [pixel, at, tap] of meetings([image.shape, output.shape, filter.shape], geometry)) {
    for (let c = 0; c < channels; c++) y[at + c] += x[pixel + c] * w[tap + c];
  }
}

function depthwiseInputGrad({ image, output, filter }: Parties, geometry: ConvolutionAttrs): void {
  const [, , channels] = filter.shape;
  const [x, y, w] = [image.data, output.data, filter.data];
  x.fill(0);
  for (const [pixel, at, tap] of meetings([image.shape, output.shape, filter.shape], geometry)) {
    for (let c = 0; c < channels; c++) x[pixel + c] += y[at + c] * w[tap + c];
  }
}

function depthwiseFilterGrad({ image, output, filter }: Parties, geometry: ConvolutionAttrs): void {
  const [, , channels] = filter.shape;
  const [x, y, w] = [image.data, output.data, filter.data];
  w.fill(0);
  for (const [pixel, at, tap] of meetings([image.shape, output.shape, filter.shape], geometry)) {
    for (let c = 0; c < channels; c++) w[tap + c] += x[pixel + c] * y[at + c];
  }
}

/** Kernels that multiply and add. */
export const contractionKernels = {
  matmul: (out, [a, b], { transposeA, transposeB }) => {
    const [rows, columns] = out.shape;
    const inner = a.shape[transposeA ? 0 : 1];
    const [rowA, innerA] = transposeA ? [1, rows] : [inner, 1];
    const [innerB, columnB] = transposeB ? [1, inner] : [columns, 1];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += a.data[row * rowA + k * innerA] * b.data[k * innerB + column * columnB];
        out.data[row * columns + column] = sum;
      }
    }
  },
  conv2d: (out, [x, filter], at) => convolve({ image: x, output: out, filter }, at),
  conv2dInputGrad: (out, [grad, filter], at) => convolveInputGrad({ image: out, output: grad, filter }, at),
  conv2dFilterGrad: (out, [x, grad], at) => convolveFilterGrad({ image: x, output: grad, filter: out }, at),
  depthwiseConv2d: (out, [x, filter], at) => depthwise({ image: x, output: out, filter }, at),
  depthwiseConv2dInputGrad: (out, [grad, filter], at) => depthwiseInputGrad({ image: out, output: grad, filter }, at),
  depthwiseConv2dFilterGrad: (out, [x, grad], at) => depthwiseFilterGrad({ image: x, output: grad, filter: out }, at),
} satisfies Partial<KernelTable>;
