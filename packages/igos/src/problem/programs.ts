import {
  add,
  type Backend,
  compile,
  concat,
  gradient,
  input,
  mul,
  type Program,
  randomNormal,
  reshape,
  ShapeError,
  slice,
  sum,
  type Tensor,
} from '@igos/autograd';
import { type MaskedParts, maskedImages } from './masked-images.ts';
import { groupSize } from './path-sums.ts';

/** What is explained, as a graph: images `[n, h, w, c]` -> one score each, `[n]`. */
export type ScoreFunction = (images: Tensor) => Tensor;

export interface ProgramParts extends MaskedParts {
  readonly score: ScoreFunction;
  readonly probability: ScoreFunction;
  readonly backend: Backend;
  /** Whether what follows linearly is done once for a group of points, on their sum; see `savings`. */
  readonly sumEarly: boolean;
}

interface PathProgramOptions {
  readonly gradient: boolean;
  /** Standard deviation of the noise on every image, >= 0. */
  readonly deviation: number;
}

/**
 * The programs of a problem, each compiled when it is first asked for. `n` is the number of images in one run.
 *
 * - pathGroup: a loop over the points of a group. `mask` `[1, rows, columns, 1]`, and for each point `scale` `[1]`,
 *   `key0` `[4]` where there is noise -> `score` `[1]` of each point. With `weight` `[1]` also `gradient`
 *   `[1, rows, columns, 1]`, the weighted sum over the group
 * - pathBatch: the same for n points in one run: `scale` `[n]`, `key0`, `key1`, … `[4]`, `weight` `[n]` -> `score` `[n]`,
 *   `gradient` `[groups, rows, columns, 1]`
 * - masks: `mask` `[n, rows, columns, 1]` -> `score`, `probability` `[n]`
 * - images: `images` `[n, h, w, c]` -> `score`, `probability` `[n]`
 * - imageGradient: `images` `[n, h, w, c]` -> `score` `[n]`, `gradient` `[n, h, w, c]`
 */
export interface Programs {
  pathGroup(options: PathProgramOptions): Program;
  pathBatch(n: number, options: PathProgramOptions): Program;
  masks(n: number): Program;
  images(n: number): Program;
  imageGradient(n: number): Program;
  dispose(): void;
}

export function makePrograms(parts: ProgramParts): Programs {
  const { score, probability, image, backend, sumEarly } = parts;
  const imageShape = image.shape;
  const { masks, upsample, blend } = maskedImages(parts);
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

  const both = (images: Tensor): Record<string, Tensor> => {
    const values = scored('score', score, images);
    const probabilities = scored('probability', probability, images);
    return probabilities === values ? { score: values } : { score: values, probability: probabilities };
  };

  /** n points of a path: their scores, and the weighted slope of each by the keep value of every pixel, `[n, h, w, 1]`. */
  const points = (mask: Tensor, n: number, { gradient: withSlopes, deviation }: PathProgramOptions) => {
    const scale = input('scale', [n]);
    const weight = input('weight', [n]);
    const keys = Array.from({ length: deviation > 0 ? n : 0 }, (_, i) => input(`key${i}`, [4]));
    const keep = mul(upsample(mask), reshape(scale, [n, 1, 1, 1]));
    const noise = keys.map((key) => randomNormal(key, { shape: [1, ...imageShape], deviation }));
    const images = noise.length > 0 ? add(blend(keep), concat(noise, 0)) : blend(keep);
    const values = scored('score', score, images);
    // A keep value is scale times the upsampled mask's, so its slope counts scale times.
    const slopes = withSlopes ? gradient(values, [keep], { seed: mul(weight, scale) })[0] : undefined;
    return { inputs: [scale, ...(slopes ? [weight] : []), ...keys], values, slopes };
  };

  return {
    pathGroup: (options) =>
      once(`path group ${JSON.stringify(options)}`, () => {
        const mask = masks(1);
        const { inputs, values, slopes } = points(mask, 1, options);
        const outputs: Record<string, Tensor> = { score: values };
        if (slopes) outputs.gradient = gradient(upsample(mask), [mask], { seed: slopes })[0]!;
        const sums = slopes ? ['gradient'] : [];
        const loop = { each: inputs, sums, turns: groupSize, hoist: sumEarly };
        return compile({ inputs: [mask, ...inputs], outputs, loop }, backend);
      }),
    pathBatch: (n, options) =>
      once(`path batch ${n} ${JSON.stringify(options)}`, () => {
        const mask = masks(1);
        const { inputs, values, slopes } = points(mask, n, options);
        const outputs: Record<string, Tensor> = { score: values };
        if (slopes) {
          const sums = groupSums(slopes);
          const copies = masks(sums.shape[0]!);
          outputs.gradient = gradient(upsample(copies), [copies], { seed: sums })[0]!;
        }
        return compile({ inputs: [mask, ...inputs], outputs }, backend);
      }),
    masks: (n) =>
      once(`masks ${n}`, () => {
        const mask = masks(n);
        return compile({ inputs: [mask], outputs: both(blend(upsample(mask))) }, backend);
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

/** `[n, h, w, 1]` -> the sum of every `groupSize` images in turn, `[groups, h, w, 1]`; the last group may be smaller. */
function groupSums(images: Tensor): Tensor {
  const [n, height, width, channels] = images.shape as [number, number, number, number];
  const whole = Math.floor(n / groupSize);
  const take = (first: number, count: number) =>
    slice(images, { begin: [first, 0, 0, 0], size: [count, height, width, channels] });
  const parts: Tensor[] = [];
  if (whole > 0) {
    const grouped = reshape(take(0, whole * groupSize), [whole, groupSize, height, width, channels]);
    parts.push(sum(grouped, { axes: [1] }));
  }
  if (n > whole * groupSize)
    parts.push(sum(take(whole * groupSize, n - whole * groupSize), { axes: [0], keepDims: true }));
  return concat(parts, 0);
}
