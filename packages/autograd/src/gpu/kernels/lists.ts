import { integer, lines, loop, plus, times, toInteger, when } from './text.ts';

/** What one element of a result collects from: an element of the input, and its weight. */
export interface Contribution {
  readonly target: number;
  readonly source: number;
  readonly weight: number;
}

/**
 * Lists of contributions along one axis, as numbers for a kernel. A kernel cannot scatter, so instead of sending each
 * source where it goes, each target looks up the sources it gets.
 */
export interface Lists {
  /** Two numbers a target: the length of its list and where that begins. */
  readonly heads: readonly number[];
  readonly sources: readonly number[];
  readonly weights: readonly number[];
  readonly longest: number;
}

export function listByTarget(targets: number, contributions: readonly Contribution[]): Lists {
  const lists = Array.from({ length: targets }, (): Contribution[] => []);
  for (const contribution of contributions) lists[contribution.target].push(contribution);
  let start = 0;
  const heads = lists.flatMap(({ length }) => {
    start += length;
    return [length, start - length];
  });
  const entries = lists.flat();
  return {
    heads,
    sources: entries.map(({ source }) => source),
    weights: entries.map(({ weight }) => weight),
    longest: lists.reduce((longest, { length }) => Math.max(longest, length), 0),
  };
}

interface ListLoop {
  /** Table that holds the heads. */
  readonly heads: string;
  /** Expression of the target. */
  readonly target: string;
  readonly longest: number;
  /** Distinguishes nested loops; the entry is called `entry` with it. */
  readonly suffix?: string;
}

/** Runs `body` for each entry of a target's list; in it, `entry` is the entry's number in the lists. */
export function forEntries({ heads, target, longest, suffix = '' }: ListLoop, body: string): string {
  const [entry, counter] = [`entry${suffix}`, `i${suffix}`];
  const length = `length${suffix}`;
  return lines(
    integer(length, toInteger(`${heads}[${times(target, 2)}]`)),
    integer(entry, toInteger(`${heads}[${plus(times(target, 2), 1)}]`)),
    loop(counter, longest, lines(when(`${counter} < ${length}`, body), `${entry}++;`)),
  );
}
