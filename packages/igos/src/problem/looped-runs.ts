import type { HostArray } from '@igos/autograd';
import { noiseKey } from '../noise.ts';
import type { ResolvedProblem } from './problem-options.ts';
import type { Programs } from './programs.ts';
import type { Runs } from './runs.ts';

/**
 * One image at a time, where caches count; a group of path points is a loop inside one run. The backend may work on
 * several runs at once.
 */
export function loopedRuns({ maskSize: [rows, columns] }: ResolvedProblem, programs: Programs): Runs {
  const maskArray = (data: ArrayLike<number>) => ({ data, shape: [1, rows, columns, 1] });
  const imageArray = ({ data, shape }: HostArray) => ({ data, shape: [1, ...shape] });
  return {
    groups: async ({ mask, groups, gradient, noise }, admit) => {
      const program = programs.pathGroup({ gradient, deviation: noise?.sigma ?? 0 });
      const runs = groups.map(({ first, scales, weights }) => {
        const n = scales.length;
        const keys = noise && Float64Array.from({ length: n }, (_, i) => first + i);
        return {
          mask: maskArray(mask),
          scale: { data: scales, shape: [n, 1] },
          ...(gradient && { weight: { data: weights, shape: [n, 1] } }),
          ...(noise &&
            keys && {
              key0: { data: Array.from(keys).flatMap((point) => [...noiseKey(noise, point)]), shape: [n, 4] },
            }),
        };
      });
      const results = await program.runAll(runs, { before: (i) => admit(groups[i]!.scales.length) });
      return results.map(({ score, gradient }) => ({
        scores: score!.data,
        ...(gradient && { gradient: gradient.data }),
      }));
    },
    masks: (masks, admit) =>
      programs.masks(1).runAll(
        masks.map((mask) => ({ mask: maskArray(mask) })),
        { before: () => admit(1) },
      ),
    images: (images, admit) =>
      programs.images(1).runAll(
        images.map((image) => ({ images: imageArray(image) })),
        { before: () => admit(1) },
      ),
    imageGradients: (images, admit) =>
      programs.imageGradient(1).runAll(
        images.map((image) => ({ images: imageArray(image) })),
        { before: () => admit(1) },
      ),
  };
}
