import type { MaskSize } from '../mask.ts';

/**
 * `N` or `RxC` -> [rows, columns]. Whether they fit the image is seen when the problem is made.
 * @throws RangeError saying what is needed
 */
export function parseMaskSize(text: string): MaskSize {
  const match = /^(\d{1,6})(?:[x×](\d{1,6}))?$/i.exec(text);
  const rows = Number(match?.[1] ?? 0);
  const columns = Number(match?.[2] ?? rows);
  if (rows >= 1 && columns >= 1) return [rows, columns];
  throw new RangeError('a mask size is one side or rows x columns, each at least 1: 28 or 14x28');
}

/** The inverse of `parseMaskSize`. */
export function formatMaskSize([rows, columns]: MaskSize): string {
  return rows === columns ? String(rows) : `${rows}x${columns}`;
}
