import type { ConvolutionAttrs } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';
import type { KernelTable, View } from './kernel-table.ts';

/** One meeting of an image pixel, an output pixel and a filter tap: offsets of their first channels. */
type Visit = (pixel: number, output: number, tap: number) => void;

interface Extents {
  readonly image: Shape;
  readonly output: Shape;
  readonly filter: Shape;
}

/** Calls `visit` for every tap of every window that falls on a real pixel; padding contributes nothing. */
function slide({ image, output, filter }: Extents, geometry: ConvolutionAttrs, visit: Visit): void {
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
            visit(((n * height + y) * width + x) * channels, at, (r * filterColumns + c) * a * b);
          }
        }
      }
    }
  }
}

function convolution(kind: 'forward' | 'inputGrad' | 'filterGrad') {
  return (image: View, output: View, { filter, geometry }: { filter: View; geometry: ConvolutionAttrs }) => {
    const [, , inputs, outputs] = filter.shape;
    const [x, y, w] = [image.data, output.data, filter.data];
    const target = { forward: y, inputGrad: x, filterGrad: w }[kind];
    target.fill(0);
    slide({ image: image.shape, output: output.shape, filter: filter.shape }, geometry, (pixel, at, tap) => {
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < outputs; o++) {
          const weight = tap + i * outputs + o;
          if (kind === 'forward') y[at + o] += x[pixel + i] * w[weight];
          else if (kind === 'inputGrad') x[pixel + i] += y[at + o] * w[weight];
          else w[weight] += x[pixel + i] * y[at + o];
        }
      }
    });
  };
}

function depthwise(kind: 'forward' | 'inputGrad' | 'filterGrad') {
  return (image: View, output: View, { filter, geometry }: { filter: View; geometry: ConvolutionAttrs }) => {
    const [, , channels, multiplier] = filter.shape;
    const [x, y, w] = [image.data, output.data, filter.data];
    const target = { forward: y, inputGrad: x, filterGrad: w }[kind];
    target.fill(0);
    slide({ image: image.shape, output: output.shape, filter: filter.shape }, geometry, (pixel, at, tap) => {
      for (let c = 0; c < channels; c++) {
        for (let m = 0; m < multiplier; m++) {
          const each = c * multiplier + m;
          if (kind === 'forward') y[at + each] += x[pixel + c] * w[tap + each];
          else if (kind === 'inputGrad') x[pixel + c] += y[at + each] * w[tap + each];
          else w[tap + each] += x[pixel + c] * y[at + each];
        }
      }
    });
  };
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
  conv2d: (out, [x, filter], geometry) => convolution('forward')(x, out, { filter, geometry }),
  conv2dInputGrad: (out, [grad, filter], geometry) => convolution('inputGrad')(out, grad, { filter, geometry }),
  conv2dFilterGrad: (out, [x, grad], geometry) => convolution('filterGrad')(x, grad, { filter: out, geometry }),
  depthwiseConv2d: (out, [x, filter], geometry) => depthwise('forward')(x, out, { filter, geometry }),
  depthwiseConv2dInputGrad: (out, [grad, filter], geometry) => depthwise('inputGrad')(out, grad, { filter, geometry }),
  depthwiseConv2dFilterGrad: (out, [x, grad], geometry) => depthwise('filterGrad')(x, grad, { filter: out, geometry }),
} satisfies Partial<KernelTable>;
