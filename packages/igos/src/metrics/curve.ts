/** Area under a curve of equally spaced points over [0, 1], by the trapezoid rule. */
export function areaUnder(curve: Float64Array): number {
  const sum = curve.reduce((total, value) => total + value, 0);
  return (sum - curve[0]! / 2 - curve.at(-1)! / 2) / (curve.length - 1);
}

/** Point-by-point mean of curves of equal length. */
export function meanCurve(curves: readonly Float64Array[]): Float64Array {
  return curves[0]!.map((_, k) => curves.reduce((sum, curve) => sum + curve[k]!, 0) / curves.length);
}
