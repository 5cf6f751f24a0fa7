import {
  add,
  broadcastTo,
  constant,
  gradient,
  type HostArray,
  input,
  mul,
  reshape,
  resizeBilinear,
  sub,
  sum,
  type Tensor,
} from '@igos/autograd';

interface PathGradientRequest {
  /** Images `[n, h, w, c]` -> one score each, `[n]`. */
  readonly score: (images: Tensor) => Tensor;
  /** `[1, h, w, c]`; constants of the graph, so that a backend keeps them. */
  readonly image: HostArray;
  readonly baseline: HostArray;
  readonly maskSize: readonly [number, number];
  readonly points: number;
  /** Points whose gradients are added up in the graph. */
  readonly group: number;
  /** Whether `noise` `[points, h, w, c]`, which is added to the images, is an input. */
  readonly noise?: boolean;
}

/**
 * The gradient of scores along a path of masked images, as one graph: `mask` `[1, rows, columns, 1]`, `scale` and
 * `weights` `[points]` -> `score` `[points]` and `gradient` `[points / group, rows, columns, 1]`, each group being the sum
 * of its points' gradients by their copy of the mask, weighted.
 */
export function pathGradient(request: PathGradientRequest) {
  const { score, maskSize, points, group, noise = false } = request;
  const [image, baseline] = [constant(request.image), constant(request.baseline)];
  const [rows, columns] = maskSize;
  const [, height, width] = image.shape;
  const mask = input('mask', [1, rows, columns, 1]);
  const [scale, weights] = [input('scale', [points]), input('weights', [points])];
  const added = input('noise', [points, ...image.shape.slice(1)]);
  // One copy of the mask a point, so that each point gets a gradient of its own.
  const masks = broadcastTo(mask, [points, rows, columns, 1]);
  const scaled = mul(masks, reshape(scale, [points, 1, 1, 1]));
  const coordinates = 'alignCorners';
  const keep = resizeBilinear(resizeBilinear(scaled, [rows, width!], { coordinates }), [height!, width!], {
    coordinates,
  });
  const images = add(mul(keep, image), mul(sub(1, keep), baseline));
  const scores = score(noise ? add(images, added) : images);
  const [slopes] = gradient(scores, [masks], { seed: weights });
  const grouped = sum(reshape(slopes!, [points / group, group, rows, columns, 1]), { axes: 1 });
  return {
    inputs: noise ? [mask, scale, weights, added] : [mask, scale, weights],
    outputs: { score: scores, gradient: grouped },
  };
}

/** Right Riemann points s / points, and weights that make the gradient that of the average score. */
export function pathInputs(points: number) {
  const scale = Float32Array.from({ length: points }, (_, s) => (s + 1) / points);
  return {
    scale: { data: scale, shape: [points] },
    weights: { data: scale.map(() => 1 / points), shape: [points] },
  };
}
