/** Where the score is evaluated between the baseline (0) and the masked image (1), and how much each place counts. */
export interface Path {
  /** Factors of the mask, ascending, in (0, 1]. */
  readonly nodes: Float64Array;
  /** One weight a node; they sum to 1. */
  readonly weights: Float64Array;
}

/** A quadrature rule on (0, 1] with the given number of points. */
export type PathRule = (points: number) => Path;
