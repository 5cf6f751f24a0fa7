import type { AttrsOf, PrimitiveName } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';
import type { Grid } from './grid.ts';

/**
 * The part of a kernel that belongs to one primitive. GPU.js reads it as the body of a function that computes a single
 * element of the result; the step's inputs are the flat arrays `v0`, `v1`, …, the tables `t0`, `t1`, …
 */
export interface KernelBody {
  /** How threads cover the result. */
  readonly grid: Grid;
  /** What comes before the result: old-style JavaScript, no inner functions. */
  readonly statements: string;
  /** Expression of the element. */
  readonly result: string;
  /** Numbers found when the kernel is written, such as the indices of a gather. */
  readonly tables?: readonly (readonly number[])[];
  /** For each input, the order of axes in which the kernel reads it, outermost first, where that is not its own. */
  readonly orders?: readonly (readonly number[] | undefined)[];
}

/** What a kernel is written from: everything that is known before the values are. */
export interface KernelRequest<N extends PrimitiveName> {
  readonly inputs: readonly Shape[];
  /** Which inputs can have their axes put in another order, once for all runs. */
  readonly movable: readonly boolean[];
  readonly output: Shape;
  readonly attrs: AttrsOf<N>;
}

export type KernelWriter<N extends PrimitiveName> = (request: KernelRequest<N>) => KernelBody;
