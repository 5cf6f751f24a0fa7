import { type Backend, mul, reshape, slice, sub, type Tensor } from '@igos/autograd';
import { createMaskProblem, type MaskProblem, pathRules } from 'igos';
import { lasting } from '../lasting.ts';
import type { CallContext } from '../remote.ts';

export type Pair = readonly [a: number, b: number];

/** The score of two cells of which either is enough, and what two gradients say of them. */
export interface TwoCellsView {
  readonly score: number;
  /** Of the score where the cells are. */
  readonly gradient: Pair;
  /** Of the average score on the way there from (0, 0). */
  readonly pathGradient: Pair;
  /** The way: the score at each fraction of it, and what it adds to `pathGradient`. */
  readonly way: readonly { readonly fraction: number; readonly score: number; readonly slopes: Pair }[];
}

/** A problem that can be done by hand, done by the same program as every other. */
export async function twoCells(
  { cells, fractions }: { readonly cells: Pair; readonly fractions: readonly number[] },
  { signal }: CallContext<never>,
): Promise<TwoCellsView> {
  const { problem } = openCells(undefined);
  const checkpoint = () => signal.throwIfAborted();
  const way: TwoCellsView['way'][number][] = [];
  for (const fraction of fractions) {
    const at = await problem.gradient(
      cells.map((cell) => fraction * cell),
      { checkpoint },
    );
    way.push({ fraction, score: at.average, slopes: pair(at.gradient.map((slope) => fraction * slope)) });
  }
  const { average: score, gradient } = await problem.gradient(cells, { checkpoint });
  const path = await problem.pathGradient(cells, { checkpoint });
  return { score, gradient: pair(gradient), pathGradient: pair(path.gradient), way };
}

const openCells = lasting((_: undefined, backend) => ({ problem: makeProblem(backend) }));

/** Two white pixels over black, a cell of the mask on each: the masked picture is the mask. */
function makeProblem(backend: Backend): MaskProblem {
  const shape = [1, 2, 1];
  return createMaskProblem({
    score: either,
    image: { data: Float32Array.of(1, 1), shape },
    baseline: { data: Float32Array.of(0, 0), shape },
    maskSize: [1, 2],
    path: { points: 5, rule: pathRules.gauss }, // exact for this score
    backend,
  });
}

/** 1 − (1 − a)(1 − b) of images `[n, 1, 2, 1]`. */
function either(images: Tensor): Tensor {
  const [n = 1] = images.shape;
  const missing = sub(1, images);
  const cell = (column: number) => reshape(slice(missing, { begin: [0, 0, column, 0], size: [n, 1, 1, 1] }), [n]);
  return sub(1, mul(cell(0), cell(1)));
}

function pair([a = Number.NaN, b = Number.NaN]: ArrayLike<number> & Iterable<number>): Pair {
  return [a, b];
}
