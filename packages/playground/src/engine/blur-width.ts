import { defaultBlur } from 'igos';

type Size = readonly [height: number, width: number];

/** A blur of so many pixels, odd; its standard deviation grows with it, and is the usual one at the usual width. */
export function blurOfWidth(
  blurSize: number,
  [height, width]: Size,
): { readonly blurSize: number; readonly blurSigma: number } {
  const usual = defaultBlur(height, width);
  return { blurSize, blurSigma: Math.max(0.01, Number(((usual.sigma * blurSize) / usual.size).toFixed(2))) };
}

/** The widest blur that is offered: three times the usual one; odd. */
export function widestBlur([height, width]: Size): number {
  return 3 * defaultBlur(height, width).size;
}

/** Some widths from none to the widest, ascending, odd. */
export function blurWidths(size: Size): number[] {
  const half = (widestBlur(size) - 1) / 2;
  const count = Math.min(half, 10);
  return Array.from({ length: count + 1 }, (_, i) => 1 + 2 * Math.round((half * i) / count));
}
