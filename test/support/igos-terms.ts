import {
  abs,
  add,
  exp,
  mean,
  mul,
  pow,
  reshape,
  resizeBilinear,
  slice,
  square,
  sub,
  type Tensor,
} from '@igos/autograd';

/** x minus its neighbour, along an axis. */
function differences(x: Tensor, axis: number): Tensor {
  const size = x.shape.map((extent, at) => (at === axis ? extent - 1 : extent));
  const begin = (start: number) => x.shape.map((_, at) => (at === axis ? start : 0));
  return sub(slice(x, { begin: begin(0), size }), slice(x, { begin: begin(1), size }));
}

/** mean |1 − m| of a mask [rows, columns]. */
export function removedShare(mask: Tensor): Tensor {
  return mean(abs(sub(1, mask)));
}

/** mean |row differences|^beta + mean |column differences|^beta of a mask [rows, columns]. */
export function totalVariation(mask: Tensor, beta: number): Tensor {
  return add(mean(pow(abs(differences(mask, 0)), beta)), mean(pow(abs(differences(mask, 1)), beta)));
}

/** A mask [rows, columns] at the size of an image [1, h, w, c], corners aligned: [1, h, w, 1]. */
function upsample(mask: Tensor, { shape: [, height = 0, width = 0] }: Tensor): Tensor {
  const [rows = 0, columns = 0] = mask.shape;
  return resizeBilinear(reshape(mask, [1, rows, columns, 1]), [height, width], { coordinates: 'alignCorners' });
}

/**
 * Total variation of a mask and, weighted by how alike neighbouring pixels are, of its upsampled form. As published, rows
 * square the mean over channels, and columns average the exponentials over channels.
 */
export function bilateralTotalVariation(
  mask: Tensor,
  image: Tensor,
  { beta, sigma }: { readonly beta: number; readonly sigma: number },
): Tensor {
  const up = upsample(mask, image);
  const alike = (squares: Tensor) => exp(mul(squares, -1 / sigma));
  const rows = alike(square(mean(differences(image, 1), { axes: 3, keepDims: true })));
  const columns = mean(alike(square(differences(image, 2))), { axes: 3, keepDims: true });
  const weighted = (weights: Tensor, axis: number) => mean(mul(weights, pow(abs(differences(up, axis)), beta)));
  return mul(0.5, add(totalVariation(mask, beta), add(weighted(rows, 1), weighted(columns, 2))));
}

/** The image where the mask is 1, the baseline where it is 0. */
export function perturb(mask: Tensor, image: Tensor, baseline: Tensor): Tensor {
  const up = upsample(mask, image);
  return add(mul(image, up), mul(baseline, sub(1, up)));
}
