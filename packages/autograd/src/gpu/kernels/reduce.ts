import { type Shape, stridesOf } from '../../shape.ts';
import { gridOver } from './grid.ts';
import type { KernelBody, KernelRequest, KernelWriter } from './kernel.ts';
import { integer, lines, loop } from './text.ts';

/** A loop over `count` elements that lie `stride` apart. */
interface Level {
  readonly count: number;
  readonly stride: number;
}

/** Each loop has a sum of its own, so that long sums lose few digits to rounding. */
export const sum: KernelWriter<'sum'> = (request) => {
  const nest = (levels: readonly Level[], depth: number): string => {
    const [level, ...inner] = levels;
    if (!level) return `s${depth} += v0[at${depth}];`;
    const innerLoop = [
      `s${depth + 1} = 0;`,
      `at${depth + 1} = at${depth};`,
      nest(inner, depth + 1),
      `s${depth} += s${depth + 1};`,
    ];
    const each = inner.length > 0 ? innerLoop : [nest([], depth)];
    return loop(`i${depth}`, level.count, lines(...each, `at${depth} += ${level.stride};`));
  };
  return reduction(request, { write: (levels) => nest(levels, 0), first: () => '0', result: 's0' });
};

/** Starts from the first value, so that no value stands for minus infinity. */
export const max: KernelWriter<'max'> = (request) => {
  const nest = (levels: readonly Level[], depth: number): string => {
    const [level, ...inner] = levels;
    if (!level) return `s0 = Math.max(s0, v0[at${depth}]);`;
    const each = inner.length > 0 ? [`at${depth + 1} = at${depth};`, nest(inner, depth + 1)] : [nest([], depth)];
    return loop(`i${depth}`, level.count, lines(...each, `at${depth} += ${level.stride};`));
  };
  return reduction(request, { write: (levels) => nest(levels, 0), first: (at) => `v0[${at}]`, result: 's0' });
};

interface Reduction {
  /** Loops over the levels, outermost first, from index `at0`. */
  readonly write: (levels: readonly Level[]) => string;
  /** Initial value of the result, given the index of the first element. */
  readonly first: (at: string) => string;
  readonly result: string;
}

function reduction(
  { inputs: [shape], output, attrs: { axes } }: KernelRequest<'sum' | 'max'>,
  how: Reduction,
): KernelBody {
  const strides = stridesOf(shape);
  const kept = strides.filter((_, axis) => !axes.includes(axis));
  const levels = levelsOf(shape, axes);
  const grid = gridOver(output, [kept]);
  const start = grid.address(kept);
  const depths = levels.length === 0 ? [0] : levels.map((_, i) => i);
  const statements = lines(
    ...depths.map((depth) => integer(`at${depth}`, start)),
    ...depths.map((depth) => `var s${depth} = ${depth === 0 ? how.first(start) : '0'};`),
    how.write(levels),
  );
  return { grid, statements, result: how.result };
}

/** Loops over the dropped axes; neighbours become one loop, and a long loop two of similar length. */
function levelsOf(shape: Shape, axes: readonly number[]): Level[] {
  const strides = stridesOf(shape);
  const levels: Level[] = [];
  for (const axis of [...axes].sort((a, b) => a - b)) {
    if (shape[axis] === 1) continue;
    const outer = levels.at(-1);
    const level = { count: shape[axis], stride: strides[axis] };
    if (outer && outer.stride === level.stride * level.count) {
      levels[levels.length - 1] = { count: outer.count * level.count, stride: level.stride };
    } else {
      levels.push(level);
    }
  }
  return levels.flatMap(splitLevel);
}

const longLoop = 64;

function splitLevel({ count, stride }: Level): Level[] {
  if (count <= longLoop) return [{ count, stride }];
  let inner = Math.floor(Math.sqrt(count));
  while (count % inner !== 0) inner--;
  return [
    { count: count / inner, stride: stride * inner },
    { count: inner, stride },
  ].filter(({ count }) => count > 1);
}
