import type { Case } from './alternate.ts';

/** A case and what it computes, so that it can be held to what the others compute. */
export interface CheckedCase {
  readonly timed: Case;
  readonly result: ArrayLike<number>;
  /** Gives back what the case holds. */
  dispose(): void;
}

/**
 * Holds a peer to our numbers before its time counts.
 *
 * @param tolerance  length of the difference over the length of ours, both as vectors
 * @throws Error naming the peer
 */
export function checkAgreement(
  peer: string,
  [theirs, ours]: readonly [ArrayLike<number>, ArrayLike<number>],
  tolerance: number,
): void {
  if (theirs.length !== ours.length) throw new Error(`${peer} gives ${theirs.length} numbers, we ${ours.length}`);
  let difference = 0;
  let length = 0;
  for (let i = 0; i < ours.length; i++) {
    difference += (theirs[i]! - ours[i]!) ** 2;
    length += ours[i]! ** 2;
  }
  const relative = Math.sqrt(difference / length);
  if (relative <= tolerance) return;
  throw new Error(
    `${peer} computes something else than we do: ${relative.toExponential(1)} of the numbers' length apart`,
  );
}
