import {
  add,
  type CompileRequest,
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
import type { ScoreFunction } from '../score/score-function.ts';
import { maskedGraph } from './masked-graph.ts';
import { groupSize } from './path-sums.ts';
import type { ResolvedProblem } from './problem-options.ts';

interface PathOptions {
  readonly gradient: boolean;
  /** Standard deviation of the noise on every image, >= 0. */
  readonly deviation: number;
}

/**
 * The programs of a problem, each compiled when it is first asked for. `n` is the number of images side by side.
 *
 * - path: `mask` `[1, rows, columns, 1]`, and for n points `scale` `[n]`, `key0`, `key1`, … `[4]` where there is noise
 *   -> `score` `[n]`. With `weight` `[n]` also `gradient` `[groups, rows, columns, 1]`, the weighted sums over groups of
 *   points. On a backend that loops, n is 1 and a run is a loop over the points of one group
 * - masks: `mask` `[n, rows, columns, 1]` -> `score`, `probability` `[n]`
 * - images: `images` `[n, h, w, c]` -> `score`, `probability` `[n]`
 * - imageGradient: `images` `[n, h, w, c]` -> `score` `[n]`, `gradient` `[n, h, w, c]`
 *
 * There is no `probability` where it is the score. Path and masks also take `image` and `baseline` `[1, h, w, c]` where
 * the programs do not hold them.
 */
export interface Programs {
  path(n: number, options: PathOptions): Program;
  masks(n: number): Program;
  images(n: number): Program;
  imageGradient(n: number): Program;
  dispose(): void;
}

export function makePrograms(problem: ResolvedProblem): Programs {
  const { score, probability, image, backend, savings } = problem;
  const { masks, pictures, upsample, blend } = maskedGraph(problem);
  const imagesOf = (n: number) => input('images', [n, ...image.shape]);
  const cache = new Map<string, Program>();
  const once = (key: string, request: () => CompileRequest<string>) => {
    const program = cache.get(key) ?? compile(request(), backend);
    cache.set(key, program);
    return program;
  };

  /** Scores and probabilities of images, by name. */
  const valuesOf = (images: Tensor): Record<string, Tensor> => {
    const values = scored('score', score, images);
    const probabilities = scored('probability', probability, images);
    return probabilities === values ? { score: values } : { score: values, probability: probabilities };
  };

  return {
    path: (n, options) =>
      once(`path ${n} ${JSON.stringify(options)}`, () => {
        const { deviation } = options;
        const mask = masks(1);
        const scale = input('scale', [n]);
        const weight = input('weight', [n]);
        const keys = Array.from({ length: deviation > 0 ? n : 0 }, (_, i) => input(`key${i}`, [4]));
        const keep = mul(upsample(mask), reshape(scale, [n, 1, 1, 1]));
        const noise = keys.map((key) => randomNormal(key, { shape: [1, ...image.shape], deviation }));
        const images = noise.length > 0 ? add(blend(keep), concat(noise, 0)) : blend(keep);
        const values = scored('score', score, images);
        const each = [scale, ...keys];
        const outputs: Record<string, Tensor> = { score: values };
        const sums: string[] = [];
        if (options.gradient) {
          // A keep value is scale times the upsampled mask's, so its slope counts scale times.
          const [slopes] = gradient(values, [keep], { seed: mul(weight, scale) }) as [Tensor];
          const seed = backend.loops ? slopes : groupSums(slopes);
          // Upsampling is linear: at which masks its derivative is taken does not matter, only how many there are.
          const anyMasks = masks(seed.shape[0]!);
          outputs.gradient = gradient(upsample(anyMasks), [anyMasks], { seed })[0]!;
          each.push(weight);
          sums.push('gradient');
        }
        const loop = { each, sums, turns: groupSize, hoist: savings.sumEarly };
        return { inputs: [mask, ...pictures, ...each], outputs, ...(backend.loops && { loop }) };
      }),
    masks: (n) =>
      once(`masks ${n}`, () => {
        const mask = masks(n);
        return { inputs: [mask, ...pictures], outputs: valuesOf(blend(upsample(mask))) };
      }),
    images: (n) =>
      once(`images ${n}`, () => {
        const images = imagesOf(n);
        return { inputs: [images], outputs: valuesOf(images) };
      }),
    imageGradient: (n) =>
      once(`image gradient ${n}`, () => {
        const images = imagesOf(n);
        const values = scored('score', score, images);
        const [slopes] = gradient(values, [images]) as [Tensor];
        return { inputs: [images], outputs: { score: values, gradient: slopes } };
      }),
    dispose: () => {
      for (const program of cache.values()) program.dispose();
      cache.clear();
    },
  };
}

/** Scores `[n]`; says so where a score function gives another shape. */
function scored(what: string, of: ScoreFunction, images: Tensor): Tensor {
  const values = of(images);
  if (values.shape.length === 1 && values.shape[0] === images.shape[0]) return values;
  throw new ShapeError(`a ${what} function needs to give [n], got [${values.shape.join(', ')}]`);
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
