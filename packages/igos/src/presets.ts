import type { LineSearchName } from './line-searches/index.ts';
import type { MaskSize } from './mask.ts';

/** Settings that belong together; everything else keeps its default. */
export interface Preset {
  readonly l1: number;
  readonly tv: number;
  /** Whether the TV weight follows the mask size, see {@link tvWeight}. */
  readonly tvScale: boolean;
  readonly lineSearch: LineSearchName;
  readonly onFailedSearch: 'keep' | 'step';
  readonly lambdaSchedule: boolean;
}

/**
 * `small` lets the mask of a small network reach its goal; `paper` is the authors' code (its noise defect aside), made
 * for large networks: it barely moves a small one that is sure of itself.
 */
export const presets = {
  small: { l1: 0.1, tv: 1, tvScale: true, lineSearch: 'armijo', onFailedSearch: 'keep', lambdaSchedule: false },
  paper: { l1: 1, tv: 20, tvScale: false, lineSearch: 'armijo', onFailedSearch: 'step', lambdaSchedule: true },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

/**
 * The TV weight for a mask size. Scaled, it is `tv` at a side of 28 and shrinks with coarser masks, so that removing a
 * given part of the image costs the same at every size.
 */
export function tvWeight({ tv, tvScale }: Pick<Preset, 'tv' | 'tvScale'>, [rows, columns]: MaskSize): number {
  return tvScale ? (tv * (Math.min(rows, columns) - 1)) / 27 : tv;
}
