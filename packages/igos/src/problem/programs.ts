import {
  add,
  type Backend,
  broadcastTo,
  compile,
  gradient,
  input,
  mul,
  type Program,
  reshape,
  resizeBilinear,
  type Shape,
  ShapeError,
  sub,
  type Tensor,
} from '@igos/autograd';
import type { MaskSize } from '../mask.ts';
import type { Upsampling } from './bilinear.ts';

/** What is explained, as a graph: images `[n, h, w, c]` -> one score each, `[n]`. */
export type ScoreFunction = (images: Tensor) => Tensor;

export interface ProgramParts {
  readonly score: ScoreFunction;
  readonly probability: ScoreFunction;
  /** `[h, w, c]` */
  readonly imageShape: Shape;
  readonly maskSize: MaskSize;
  readonly upsampling: Upsampling;
  readonly backend: Backend;
}

/**
 * The programs of a problem, each compiled when it is first asked for. `n` is the number of images in one run.
 *
 * - path: `mask` `[1, rows, columns, 1]`, `scale` `[n]`, and `noise` `[n, h, w, c]` -> `score` `[n]` and `gradient` `[n, rows, columns, 1]`
 * - masks: `mask` `[n, rows, columns, 1]` -> `score`, `probability` `[n]`
 * - images: `images` `[n, h, w, c]` -> `score`, `probability` `[n]`
 * - imageGradient: `images` `[n, h, w, c]` -> `score` `[n]`, `gradient` `[n, h, w, c]`
 *
 * The first two also take `image` and `baseline`, `[1, h, w, c]`.
 */
export interface Programs {
  path(n: number, options: { readonly gradient: boolean; readonly noise: boolean }): Program;
  masks(n: number): Program;
  images(n: number): Program;
  imageGradient(n: number): Program;
  dispose(): void;
}

export function makePrograms(parts: ProgramParts): Programs {
  const { score, probability, imageShape, maskSize, upsampling, backend } = parts;
  const [rows, columns] = maskSize;
  const image = input('image', [1, ...imageShape]);
  const baseline = input('baseline', [1, ...imageShape]);
  const cache = new Map<string, Program>();
  const once = (key: string, build: () => Program) => {
    const program = cache.get(key) ?? build();
    cache.set(key, program);
    return program;
  };

  /** Scores `[n]`; says so where a score function gives another shape. */
  const scored = (what: string, of: ScoreFunction, images: Tensor) => {
    const values = of(images);
    if (values.shape.length === 1 && values.shape[0] === images.shape[0]) return values;
    throw new ShapeError(`a ${what} function needs to give [n], got [${values.shape.join(', ')}]`);
  };

  /** Phi = U(m)·I + (1 − U(m))·B. In this form a mask of ones gives the image and one of zeros the baseline, to the bit. */
  const masked = (masks: Tensor) => {
    const keep = upsample(masks, imageShape, upsampling);
    return add(mul(keep, image), mul(sub(1, keep), baseline));
  };

  const both = (images: Tensor): Record<string, Tensor> => {
    const values = scored('score', score, images);
    const probabilities = scored('probability', probability, images);
    return probabilities === values ? { score: values } : { score: values, probability: probabilities };
  };

  return {
    path: (n, options) =>
      once(`path ${n} ${options.gradient} ${options.noise}`, () => {
        const mask = input('mask', [1, rows, columns, 1]);
        const scale = input('scale', [n]);
        // One copy of the mask a point, so that each point gets a gradient of its own.
        const masks = broadcastTo(mask, [n, rows, columns, 1]);
        const images = masked(mul(masks, reshape(scale, [n, 1, 1, 1])));
        const noise = input('noise', [n, ...imageShape]);
        const values = scored('score', score, options.noise ? add(images, noise) : images);
        const outputs: Record<string, Tensor> = { score: values };
        if (options.gradient) outputs.gradient = gradient(values, [masks])[0]!;
        const inputs = [mask, scale, image, baseline];
        return compile({ inputs: options.noise ? [...inputs, noise] : inputs, outputs }, backend);
      }),
    masks: (n) =>
      once(`masks ${n}`, () => {
        const mask = input('mask', [n, rows, columns, 1]);
        return compile({ inputs: [mask, image, baseline], outputs: both(masked(mask)) }, backend);
      }),
    images: (n) =>
      once(`images ${n}`, () => {
        const images = input('images', [n, ...imageShape]);
        return compile({ inputs: [images], outputs: both(images) }, backend);
      }),
    imageGradient: (n) =>
      once(`imageGradient ${n}`, () => {
        const images = input('images', [n, ...imageShape]);
        const values = scored('score', score, images);
        const outputs = { score: values, gradient: gradient(values, [images])[0]! };
        return compile({ inputs: [images], outputs }, backend);
      }),
    dispose: () => {
      for (const program of cache.values()) program.dispose();
      cache.clear();
    },
  };
}

/**
 * Masks `[n, rows, columns, 1]` at the size of the image. Columns first, then rows: with two weights at a time,
 * (1 − w) + w rounds to exactly 1 and a mask of ones stays one; the four products of both at once need not.
 */
function upsample(masks: Tensor, [height, width]: Shape, coordinates: Upsampling): Tensor {
  const [, rows, columns] = masks.shape;
  const wide = columns === width ? masks : resizeBilinear(masks, [rows!, width!], { coordinates });
  return rows === height ? wide : resizeBilinear(wide, [height!, width!], { coordinates });
}
