import type { HostArray, Program } from '@igos/autograd';
import { checkFinite } from '../checks.ts';
import { fillNoise, type NoiseDraw } from '../noise.ts';
import type { Path } from '../path.ts';
import type { EvaluationOptions, ImageValues, PathGradient } from './mask-problem.ts';
import { pathSums } from './path-sums.ts';
import type { ResolvedProblem } from './problem-options.ts';
import { makePrograms } from './programs.ts';

interface PathRun {
  readonly mask: ArrayLike<number>;
  readonly path: Path;
  /** Whether the gradient is wanted; without it, `gradient` of the result is empty. */
  readonly gradient: boolean;
}

/** Everything that runs the network: batches, counts, and a check that what comes back is finite. */
export interface NetworkRuns {
  readonly counts: { forward: number; gradient: number };
  path(run: PathRun, options: EvaluationOptions): Promise<PathGradient>;
  masks(masks: readonly ArrayLike<number>[], options: EvaluationOptions): Promise<ImageValues>;
  images(images: readonly HostArray[], options: EvaluationOptions): Promise<ImageValues>;
  imageGradients(
    images: readonly HostArray[],
    options: EvaluationOptions,
  ): Promise<{ scores: Float64Array; gradients: HostArray[] }>;
  dispose(): void;
}

export function makeNetworkRuns(problem: ResolvedProblem): NetworkRuns {
  const { image, baseline, batch } = problem;
  const [rows, columns] = problem.maskSize;
  const cells = rows * columns;
  const programs = makePrograms({ ...problem, imageShape: image.shape });
  const pair = { image: stack([image]), baseline: stack([baseline]) };
  const counts = { forward: 0, gradient: 0 };

  /** Runs a program over `count` items, at most `batch` at a time. */
  async function inBatches(
    count: number,
    { checkpoint }: EvaluationOptions,
    run: (first: number, n: number) => Promise<void>,
  ): Promise<void> {
    for (let first = 0; first < count; first += batch) {
      checkpoint?.();
      const n = Math.min(batch, count - first);
      await run(first, n);
      counts.forward += n;
    }
  }

  async function scores(
    count: number,
    options: EvaluationOptions,
    run: (first: number, n: number) => ReturnType<Program['run']>,
  ): Promise<ImageValues> {
    const scores = new Float64Array(count);
    const probabilities = new Float64Array(count);
    await inBatches(count, options, async (first, n) => {
      const results = await run(first, n);
      scores.set(finite('score', results.score), first);
      probabilities.set(finite('probability', results.probability ?? results.score), first);
    });
    return { scores, probabilities };
  }

  return {
    counts,
    path: async ({ mask, path, gradient }, options) => {
      const { noise } = options;
      const sums = pathSums(path, gradient ? cells : 0);
      await inBatches(path.nodes.length, options, async (first, n) => {
        const results = await programs.path(n, { gradient, noise: noise !== undefined }).run({
          ...pair,
          mask: { data: mask, shape: [1, rows, columns, 1] },
          scale: { data: path.nodes.slice(first, first + n), shape: [n] },
          ...(noise && { noise: noiseImages(image, noise, { first, n }) }),
        });
        const score = finite('score', results.score);
        const slopes = gradient ? finite('gradient of the score', results.gradient) : undefined;
        if (gradient) counts.gradient += n;
        for (let i = 0; i < n; i++) sums.add(score[i]!, slopes?.subarray(i * cells, (i + 1) * cells));
      });
      return sums.finish();
    },
    masks: (masks, options) =>
      scores(masks.length, options, (first, n) => {
        const data = new Float64Array(n * cells);
        for (let i = 0; i < n; i++) data.set(masks[first + i]!, i * cells);
        return programs.masks(n).run({ ...pair, mask: { data, shape: [n, rows, columns, 1] } });
      }),
    images: (images, options) =>
      scores(images.length, options, (first, n) =>
        programs.images(n).run({ images: stack(images.slice(first, first + n)) }),
      ),
    imageGradients: async (images, options) => {
      const size = image.data.length;
      const scores = new Float64Array(images.length);
      const gradients: HostArray[] = [];
      await inBatches(images.length, options, async (first, n) => {
        const results = await programs.imageGradient(n).run({ images: stack(images.slice(first, first + n)) });
        scores.set(finite('score', results.score), first);
        const slopes = finite('gradient of the score', results.gradient);
        counts.gradient += n;
        for (let i = 0; i < n; i++) {
          gradients.push({ data: slopes.slice(i * size, (i + 1) * size), shape: image.shape });
        }
      });
      return { scores, gradients };
    },
    dispose: () => programs.dispose(),
  };
}

/** Noise of path points `first` to `first + n − 1`, `[n, h, w, c]`. */
function noiseImages(
  { data: { length }, shape }: HostArray,
  draw: NoiseDraw,
  { first, n }: { readonly first: number; readonly n: number },
): HostArray {
  const data = new Float32Array(n * length);
  for (let i = 0; i < n; i++) fillNoise(data.subarray(i * length, (i + 1) * length), draw, first + i);
  return { data, shape: [n, ...shape] };
}

/** Images `[h, w, c]` -> one array `[n, h, w, c]`; float64 only where an image is. */
function stack(images: readonly HostArray[]): HostArray {
  const [{ data: first, shape }] = images as [HostArray];
  if (images.length === 1) return { data: first, shape: [1, ...shape] };
  const length = images.length * first.length;
  const wide = images.some(({ data }) => data instanceof Float64Array);
  const data = wide ? new Float64Array(length) : new Float32Array(length);
  images.forEach((image, i) => {
    data.set(image.data, i * first.length);
  });
  return { data, shape: [images.length, ...shape] };
}

/** The values of a result, or NotFiniteError. */
function finite(quantity: string, array: HostArray | undefined): Float32Array | Float64Array {
  const { data } = array!;
  checkFinite(quantity, data);
  return data;
}
