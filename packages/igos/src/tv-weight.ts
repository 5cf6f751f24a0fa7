import type { MaskSize } from './mask.ts';
import type { Preset } from './presets.ts';

/**
 * The TV weight for a mask size. Scaled, it is `tv` at a side of 28 and shrinks with coarser masks, so that removing a
 * given part of the image costs the same at every size.
 */
export function tvWeight({ tv, tvScale }: Pick<Preset, 'tv' | 'tvScale'>, [rows, columns]: MaskSize): number {
  return tvScale ? (tv * (Math.min(rows, columns) - 1)) / 27 : tv;
}
