import type { HostArray } from '@igos/autograd';
import { noiseKey } from '../noise.ts';
import { type GroupResult, groupSize, type PointGroup } from './path-sums.ts';
import type { ResolvedProblem } from './problem-options.ts';
import type { Programs } from './programs.ts';
import type { Named, Runs } from './runs.ts';

/** As many images in one run as `batch` says, where a run costs more than the images in it. Path points go in whole groups. */
export function batchedRuns({ maskSize: [rows, columns], batch }: ResolvedProblem, programs: Programs): Runs {
  const cells = rows * columns;
  /** Runs over parts of a list, one after the other. */
  const inParts = async <T, R>(items: readonly T[], size: number, run: (part: readonly T[]) => Promise<R>) => {
    const results: R[] = [];
    for (let first = 0; first < items.length; first += size) results.push(await run(items.slice(first, first + size)));
    return results;
  };

  return {
    groups: async ({ mask, groups, gradient, noise }, admit) => {
      const runGroups = async (part: readonly PointGroup[]): Promise<GroupResult[]> => {
        const n = part.reduce((points, { scales }) => points + scales.length, 0);
        admit(n);
        const first = part[0]!.first;
        const keys = Array.from({ length: noise ? n : 0 }, (_, i) => [
          `key${i}`,
          { data: noiseKey(noise!, first + i), shape: [4] },
        ]);
        const results = await programs.pathBatch(n, { gradient, deviation: noise?.sigma ?? 0 }).run({
          mask: { data: mask, shape: [1, rows, columns, 1] },
          scale: { data: part.flatMap(({ scales }) => [...scales]), shape: [n] },
          ...(gradient && { weight: { data: part.flatMap(({ weights }) => [...weights]), shape: [n] } }),
          ...Object.fromEntries(keys),
        });
        return part.map(({ first: point, scales }, i) => ({
          scores: results.score!.data.subarray(point - first, point - first + scales.length),
          ...(results.gradient && { gradient: results.gradient.data.subarray(i * cells, (i + 1) * cells) }),
        }));
      };
      return (await inParts(groups, Math.max(1, Math.floor(batch / groupSize)), runGroups)).flat();
    },
    masks: (masks, admit) =>
      inParts(masks, batch, (part): Promise<Named> => {
        admit(part.length);
        const data = Float64Array.from(part.flatMap((mask) => Array.from(mask)));
        return programs.masks(part.length).run({ mask: { data, shape: [part.length, rows, columns, 1] } });
      }),
    images: (images, admit) =>
      inParts(images, batch, (part): Promise<Named> => {
        admit(part.length);
        return programs.images(part.length).run({ images: stack(part) });
      }),
    imageGradients: (images, admit) =>
      inParts(images, batch, (part): Promise<Named> => {
        admit(part.length);
        return programs.imageGradient(part.length).run({ images: stack(part) });
      }),
  };
}

/** Images `[h, w, c]` -> one array `[n, h, w, c]`; float64 only where an image is. */
function stack(images: readonly HostArray[]): HostArray {
  const [{ data: first, shape }] = images as [HostArray];
  const length = images.length * first.length;
  const wide = images.some(({ data }) => data instanceof Float64Array);
  const data = wide ? new Float64Array(length) : new Float32Array(length);
  images.forEach((image, i) => {
    data.set(image.data, i * first.length);
  });
  return { data, shape: [images.length, ...shape] };
}
