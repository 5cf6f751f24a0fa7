import { armijo } from './line-searches/armijo.ts';
import type { LineSearchFactory } from './line-searches/line-search.ts';

/** Settings that belong together; everything else keeps its default. */
export interface Preset {
  readonly l1: number;
  readonly tv: number;
  /** Whether the TV weight follows the mask size, see `tvWeight`. */
  readonly tvScale: boolean;
  readonly lineSearch: LineSearchFactory;
  readonly onFailedSearch: 'keep' | 'step';
  readonly lambdaSchedule: boolean;
}

/** Lets the mask of a small network reach its goal. */
export const small: Preset = {
  l1: 0.1,
  tv: 1,
  tvScale: true,
  lineSearch: armijo,
  onFailedSearch: 'keep',
  lambdaSchedule: false,
};

/**
 * The authors' code (its noise defect aside), made for large networks: it barely moves a small one that is sure of itself.
 */
export const paper: Preset = {
  l1: 1,
  tv: 20,
  tvScale: false,
  lineSearch: armijo,
  onFailedSearch: 'step',
  lambdaSchedule: true,
};
