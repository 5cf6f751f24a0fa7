import type { ArrayInput, HostArray, Program } from '@igos/autograd';
import { checkFinite, checkShape } from '../checks.ts';
import { noiseKey } from '../noise.ts';
import type { Path } from '../path-rules/path.ts';
import type { Counts, EvaluationOptions, ImageGradient, PathGradient } from './mask-problem.ts';
import type { ImageValues } from './objective.ts';
import { groupSize, sumPath } from './path-sums.ts';
import type { ResolvedProblem } from './problem-options.ts';
import { makePrograms } from './programs.ts';

interface PathRun {
  readonly mask: ArrayLike<number>;
  readonly path: Path;
  /** Whether the gradient is wanted; without it, `gradient` of the result is empty. */
  readonly gradient: boolean;
}

/** Everything that runs the network: how many images at a time, counts, and a check that what comes back is finite. */
export interface Network {
  readonly counts: Counts;
  path(run: PathRun, options?: EvaluationOptions): Promise<PathGradient>;
  masks(masks: readonly ArrayLike<number>[], options?: EvaluationOptions): Promise<ImageValues[]>;
  images(images: readonly HostArray[], options?: EvaluationOptions): Promise<ImageValues[]>;
  imageGradient(image: HostArray, options?: EvaluationOptions): Promise<ImageGradient>;
  dispose(): void;
}

/** What a run of the network gives, by name. */
type Named = Readonly<Record<string, HostArray>>;

interface Passes<T> {
  /** Items in one run. */
  readonly size: number;
  /** Whether every image goes backward, too. */
  readonly backward?: boolean;
  /** The program for `n` images side by side. */
  readonly program: (n: number) => Program;
  readonly inputs: (part: readonly T[]) => Readonly<Record<string, ArrayInput>>;
}

export function makeNetwork(problem: ResolvedProblem): Network {
  const { image, baseline, maskSize, backend, savings } = problem;
  const { loops } = backend;
  const batch = loops ? 1 : problem.batch;
  const programs = makePrograms(problem);
  const counts = { forward: 0, gradient: 0 };
  const pictures = savings.holdImages ? {} : { image: stack([image]), baseline: stack([baseline]) };

  /** Items through the network, an image each, in runs of `size`; the results of the runs in turn. */
  const inRuns = async <T>(
    items: readonly T[],
    { size, backward, program, inputs }: Passes<T>,
    { checkpoint }: EvaluationOptions = {},
  ): Promise<Named[]> => {
    const parts: (readonly T[])[] = [];
    for (let first = 0; first < items.length; first += size) parts.push(items.slice(first, first + size));
    const admit = ({ length }: readonly T[]) => {
      checkpoint?.();
      counts.forward += length;
      if (backward) counts.gradient += length;
    };
    // A backend that loops has images one by one in the same program, and may work on several runs at once.
    if (loops) return program(1).runAll(parts.map(inputs), { before: (i) => admit(parts[i]!) });
    const results: Named[] = [];
    for (const part of parts) {
      admit(part);
      results.push(await program(part.length).run(inputs(part)));
    }
    return results;
  };

  const masksIn = (masks: readonly ArrayLike<number>[]) => {
    return { ...pictures, mask: stack(masks.map((data) => ({ data, shape: [...maskSize, 1] }))) };
  };
  const imagesIn = (images: readonly HostArray[]) => ({ images: stack(images) });

  return {
    counts,
    path: async ({ mask, path: { nodes, weights }, gradient }, options = {}) => {
      const { noise } = options;
      const points = Array.from(nodes, (scale, s) => {
        return { scale, weight: weights[s]!, key: noise ? noiseKey(noise, s) : [] };
      });
      const inputs = (part: readonly (typeof points)[0][]) => {
        // For a loop what differs from point to point is stacked; without one every key is an input of its own.
        const shape = loops ? [part.length, 1] : [part.length];
        const keys = loops ? [part.flatMap(({ key }) => [...key])] : part.map(({ key }) => key);
        const keyShape = loops ? [part.length, 4] : [4];
        return {
          ...masksIn([mask]),
          scale: { data: part.map(({ scale }) => scale), shape },
          ...(gradient && { weight: { data: part.map(({ weight }) => weight), shape } }),
          ...(noise && Object.fromEntries(keys.map((data, i) => [`key${i}`, { data, shape: keyShape }]))),
        };
      };
      const size = groupSize * Math.max(1, Math.floor(batch / groupSize));
      const program = (n: number) => programs.path(n, { gradient, deviation: noise?.sigma ?? 0 });
      const results = await inRuns(points, { size, backward: gradient, program, inputs }, options);
      const slopes = gradient ? joined(results, 'gradient', 'gradient of the score') : new Float64Array(0);
      return sumPath(weights, joined(results, 'score'), slopes);
    },
    masks: async (masks, options) => {
      return imageValues(await inRuns(masks, { size: batch, program: programs.masks, inputs: masksIn }, options));
    },
    images: async (images, options) => {
      for (const each of images) checkShape('an image', each, image.shape);
      return imageValues(await inRuns(images, { size: batch, program: programs.images, inputs: imagesIn }, options));
    },
    imageGradient: async (each, options) => {
      checkShape('an image', each, image.shape);
      const passes = { size: 1, backward: true, program: programs.imageGradient, inputs: imagesIn };
      const results = await inRuns([each], passes, options);
      const [score] = joined(results, 'score');
      const data = joined(results, 'gradient', 'gradient of the score');
      return { score: score!, gradient: { data, shape: image.shape } };
    },
    dispose: programs.dispose,
  };
}

/** The values of all runs, one after the other. */
function joined(results: readonly Named[], name: string, quantity = name): Float64Array {
  const parts = results.map((result) => result[name]!.data);
  const values = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  checkFinite(quantity, values);
  return values;
}

function imageValues(results: readonly Named[]): ImageValues[] {
  const scores = joined(results, 'score');
  const probabilities = results[0]?.probability ? joined(results, 'probability') : scores;
  return Array.from(scores, (score, i) => ({ score, probability: probabilities[i]! }));
}

/** Arrays of one shape -> one array `[n, …]`. */
function stack(arrays: readonly ArrayInput[]): ArrayInput {
  const [{ data, shape }] = arrays as [ArrayInput];
  if (arrays.length === 1) return { data, shape: [1, ...shape] };
  const all = new Float64Array(arrays.length * data.length);
  for (const [i, each] of arrays.entries()) all.set(each.data, i * data.length);
  return { data: all, shape: [arrays.length, ...shape] };
}
