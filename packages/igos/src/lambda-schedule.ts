/**
 * What the L1 weight is divided by after iteration k: the authors' rescue for runs in which L1 has frozen the mask.
 *
 * @param k           iteration that has just ended, from 0
 * @param iterations  number of iterations planned, K; nothing happens for K <= 3
 * @param scores      noise-free score at the start of each iteration so far
 * @source            zhongangqi/IGOS, `IGOS_generate_video.py`: its curve holds the first score twice, hence k − 1
 */
export function lambdaDivisor(k: number, iterations: number, scores: readonly number[]): number {
  if (iterations <= 3 || k === 0) return 1;
  const change = Math.abs(scores[0]! - scores[k - 1]!);
  if (k === Math.floor(iterations / 2)) return change <= 0.001 ? 10 : 1;
  if (k === Math.floor(iterations / 1.25)) return change <= 0.01 ? 5 : 1;
  return 1;
}
