import type { Rectangle } from './rgb-image.ts';

/** What of a photo the model sees: its middle, its largest centred square, or all of it squeezed to the model's size. */
export const cropKinds = ['centre', 'square', 'none'] as const;

export type CropKind = (typeof cropKinds)[number];

/** Side of the `centre` crop over the shorter side of the photo, for a model that names no other. */
const defaultCropFraction = 0.875;

/**
 * The part of a photo that the model is to see.
 *
 * `centre` is the centred square of `fraction` of the shorter side, `square` that of the whole shorter side. The side is
 * rounded half to even and the corner down, as the Python code does that made the networks' reference crops.
 *
 * @param fraction  unitless, above 0, at most 1; used by `centre` alone
 */
export function cropRectangle(
  kind: CropKind,
  photo: { readonly width: number; readonly height: number },
  fraction = defaultCropFraction,
): Rectangle {
  const { width, height } = photo;
  if (kind === 'none') return { x: 0, y: 0, width, height };
  if (!(fraction > 0 && fraction <= 1)) throw new RangeError(`crop fraction must be in (0, 1], got ${fraction}`);
  const shorter = Math.min(width, height);
  const side = kind === 'square' ? shorter : Math.max(1, roundHalfToEven(fraction * shorter));
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
