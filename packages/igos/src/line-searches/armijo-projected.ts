import { backtrack } from './backtrack.ts';
import type { LineSearch } from './line-search.ts';

/**
 * Armijo along the projection arc: F(z) <= F(m) − armijo · d·(m − z) with z = clamp(m − a·d). Cells pinned at 0 or 1 demand
 * nothing, so they cannot make a long step impossible for the others.
 *
 * @source Bertsekas 1976, "On the Goldstein–Levitin–Polyak gradient projection method"
 */
export const armijoProjected = (): LineSearch => ({
  judges: 'endpoint',
  search: (point, settings) =>
    backtrack(point, settings, (_, candidate) => {
      let promised = 0;
      for (let i = 0; i < candidate.length; i++) {
        promised += point.direction[i]! * (point.mask[i]! - candidate[i]!);
      }
      return settings.armijo * promised;
    }),
});
