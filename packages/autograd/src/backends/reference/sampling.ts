import type { WindowAttrs } from '../../primitives/attributes.ts';
import { type ResizeTap, resizeTaps } from '../../primitives/resize.ts';
import type { Shape } from '../../shape.ts';
import type { KernelTable } from './kernel-table.ts';

/** Offset, in an image `[n, h, w, c]`, of the pixel at a position inside the window that belongs to output element `i`. */
function pixelInWindow(i: number, position: number, { image, pooled, attrs }: PoolGeometry): number {
  const [, height, width, channels] = image;
  const [, rows, columns] = pooled;
  const channel = i % channels;
  const column = Math.floor(i / channels) % columns;
  const row = Math.floor(i / (channels * columns)) % rows;
  const n = Math.floor(i / (channels * columns * rows));
  const y = row * attrs.strides[0] - attrs.padding[0] + Math.floor(position / attrs.window[1]);
  const x = column * attrs.strides[1] - attrs.padding[2] + (position % attrs.window[1]);
  if (y < 0 || y >= height || x < 0 || x >= width) return -1;
  return ((n * height + y) * width + x) * channels + channel;
}

interface PoolGeometry {
  readonly image: Shape;
  readonly pooled: Shape;
  readonly attrs: WindowAttrs;
}

/** Calls `visit` for every pair of a source and a target pixel that a resize connects, with the weight between them. */
function connect(
  source: Shape,
  target: Shape,
  {
    taps: [rowTaps, columnTaps],
    visit,
  }: { taps: [ResizeTap[], ResizeTap[]]; visit: (s: number, t: number, w: number) => void },
): void {
  const [batch, height, width, channels] = source;
  const [, rows, columns] = target;
  for (let n = 0; n < batch; n++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = ((n * rows + row) * columns + column) * channels;
        for (const [y, rowWeight] of ends(rowTaps[row])) {
          for (const [x, columnWeight] of ends(columnTaps[column])) {
            const from = ((n * height + y) * width + x) * channels;
            const weight = rowWeight * columnWeight;
            if (weight === 0) continue;
            for (let c = 0; c < channels; c++) visit(from + c, at + c, weight);
          }
        }
      }
    }
  }
}

function ends({ low, high, weight }: ResizeTap): [number, number][] {
  return [
    [low, 1 - weight],
    [high, weight],
  ];
}

/** Kernels of pooling and resizing. */
export const samplingKernels = {
  argPool: (out, [x], attrs) => {
    const geometry = { image: x.shape, pooled: out.shape, attrs };
    const [rows, columns] = attrs.window;
    for (let i = 0; i < out.data.length; i++) {
      let best = Number.NEGATIVE_INFINITY;
      let first = -1;
      for (let position = 0; position < rows * columns; position++) {
        const pixel = pixelInWindow(i, position, geometry);
        if (pixel >= 0 && (first < 0 || x.data[pixel] > best)) {
          best = x.data[pixel];
          first = position;
        }
      }
      out.data[i] = first;
    }
  },
  poolGather: (out, [x, positions], attrs) => {
    const geometry = { image: x.shape, pooled: out.shape, attrs };
    for (let i = 0; i < out.data.length; i++) out.data[i] = x.data[pixelInWindow(i, positions.data[i], geometry)];
  },
  poolScatter: (out, [grad, positions], attrs) => {
    const geometry = { image: out.shape, pooled: grad.shape, attrs };
    out.data.fill(0);
    for (let i = 0; i < grad.data.length; i++) {
      out.data[pixelInWindow(i, positions.data[i], geometry)] += grad.data[i];
    }
  },
  resize: (out, [x], attrs) => {
    out.data.fill(0);
    const taps: [ResizeTap[], ResizeTap[]] = [
      resizeTaps(x.shape[1], out.shape[1], attrs),
      resizeTaps(x.shape[2], out.shape[2], attrs),
    ];
    connect(x.shape, out.shape, { taps, visit: (from, to, weight) => (out.data[to] += weight * x.data[from]) });
  },
  resizeTranspose: (out, [grad], attrs) => {
    out.data.fill(0);
    const taps: [ResizeTap[], ResizeTap[]] = [
      resizeTaps(out.shape[1], grad.shape[1], attrs),
      resizeTaps(out.shape[2], grad.shape[2], attrs),
    ];
    connect(out.shape, grad.shape, { taps, visit: (to, from, weight) => (out.data[to] += weight * grad.data[from]) });
  },
} satisfies Partial<KernelTable>;
