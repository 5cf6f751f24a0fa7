import type { Tensor } from '../graph/tensor.ts';
import type { Coordinates } from '../primitives/attributes.ts';
import { resize } from '../primitives/resize.ts';

type Pair = readonly [number, number];

/** Bilinear interpolation of rows and columns: `[n, h, w, c]` -> `[n, size[0], size[1], c]`. */
export function resizeBilinear(x: Tensor, size: Pair, { coordinates }: { readonly coordinates: Coordinates }): Tensor {
  return resize([x], { method: 'bilinear', size, coordinates });
}

/** Nearest-neighbour sampling of rows and columns: `[n, h, w, c]` -> `[n, size[0], size[1], c]`. */
export function resizeNearest(x: Tensor, size: Pair, { coordinates }: { readonly coordinates: Coordinates }): Tensor {
  return resize([x], { method: 'nearest', size, coordinates });
}
