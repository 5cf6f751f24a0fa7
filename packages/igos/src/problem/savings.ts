/** Work that need not be done. Off, results differ by rounding at most; all are on by default. */
export interface Savings {
  /** What is linear at the end of the path gradient is done once for a group of points, on their sum. */
  readonly sumEarly: boolean;
  /** The score of an accepted candidate is that of the next iteration's start, where the network computes in float32. */
  readonly reuseAccepted: boolean;
  /** All candidates of a line search in one run, on backends that take many images. */
  readonly batchCandidates: boolean;
  /** Image and baseline are part of the programs, and what depends on them alone is computed once; off, they go into every run. */
  readonly holdImages: boolean;
}

export const allSavings: Savings = { sumEarly: true, reuseAccepted: true, batchCandidates: true, holdImages: true };
