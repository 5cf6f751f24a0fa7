import { type HostArray, toHostArray } from '@igos/autograd';
import { checkNumber, checkShape } from '../checks.ts';
import { OptionError } from '../errors.ts';
import type { MaskProblem } from '../problem/mask-problem.ts';
import { cuts, randomTies, rankPixels, type Ties } from './ranking.ts';

export interface OrderOptions {
  /** Equal steps from the first image to the last; default 50. */
  readonly steps?: number;
  /** Default `direction`; without a tie-break that is `index`. */
  readonly ties?: Ties;
  /** Score direction at the final mask, one value a cell or one a pixel; larger goes first among equals. */
  readonly tieBreak?: ArrayLike<number> | undefined;
  /** Seed of `random`; default 0. */
  readonly seed?: number;
}

/** Which pixels are replaced, and when. */
export interface ReplacementOrder {
  /** Pixel indices, row-major, most salient first. */
  readonly order: Uint32Array;
  /** How many of them are replaced after 0, 1, …, `steps` steps. */
  readonly cuts: readonly number[];
  /** How equals were ordered. */
  readonly ties: Ties;
}

/**
 * The order in which `deletionInsertion` replaces pixels: what a page needs to show it. Of `random` ties it is the first
 * of the orders that the curve is averaged over.
 *
 * @param saliency  `[h, w]` of the problem's image, larger is more important
 * @throws OptionError for a map of another size
 * @throws NotFiniteError for NaN or infinite saliency
 */
export function replacementOrder(
  problem: MaskProblem,
  saliency: HostArray,
  options: OrderOptions = {},
): ReplacementOrder {
  return replacementOrders(problem, saliency, { ...options, orders: 1 })[0]!;
}

/** One order, or `orders` of them where ties are random. */
export function replacementOrders(
  problem: MaskProblem,
  saliency: HostArray,
  options: OrderOptions & { readonly orders: number },
): [ReplacementOrder, ...ReplacementOrder[]] {
  const { steps = 50, tieBreak, orders, seed = 0 } = options;
  const wanted = options.ties ?? 'direction';
  const ties = wanted === 'direction' && !tieBreak ? 'index' : wanted;
  checkNumber('steps', steps, { min: 1, integer: true });
  checkNumber('orders', orders, { min: 1, integer: true });
  checkNumber('seed', seed, { min: 0, integer: true });
  checkShape('saliency', saliency, problem.imageSize);
  const { data } = toHostArray(saliency);
  const places = cuts(data.length, steps);
  const by = (numbers?: ArrayLike<number>): ReplacementOrder => ({
    order: rankPixels(data, numbers),
    cuts: places,
    ties,
  });
  switch (ties) {
    case 'random': {
      const at = (order: number) => by(randomTies(data.length, seed, order));
      return [at(0), ...Array.from({ length: orders - 1 }, (_, i) => at(i + 1))];
    }
    case 'direction':
      // One value a cell, or one a pixel.
      return [by(tieBreak!.length === data.length ? tieBreak : problem.upsample(tieBreak!).data)];
    case 'index':
      return [by()];
    default:
      throw new OptionError(`ties are broken by direction, index or random, got '${ties}'`);
  }
}
