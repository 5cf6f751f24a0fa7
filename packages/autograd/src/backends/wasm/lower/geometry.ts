import type { ConvolutionAttrs } from '../../../primitives/attributes.ts';
import type { Shape } from '../../../shape.ts';
import type { Halo } from '../memory/layout.ts';

/** One axis, rows or columns, of a window that slides over an image. */
export interface Axis {
  /** Pixels of the image and places of the window. */
  readonly extent: number;
  readonly places: number;
  /** Taps of the window, and the pixels between places and between taps. */
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Pixels before the image that the first place covers. */
  readonly before: number;
}

/** Rows and columns of a convolution of `image` to `result` with a filter `[h, w, …]`. */
export function convolutionAxes(
  { strides, dilations, padding }: ConvolutionAttrs,
  { image, result, filter }: { readonly image: Shape; readonly result: Shape; readonly filter: Shape },
): readonly [Axis, Axis] {
  const along = (i: 0 | 1): Axis => ({
    extent: image[1 + i],
    places: result[1 + i],
    taps: filter[i],
    stride: strides[i],
    dilation: dilations[i],
    before: padding[2 * i],
  });
  return [along(0), along(1)];
}

/** What a convolution reads around its image. */
export function imageHalo([rows, columns]: readonly [Axis, Axis]): Halo {
  const after = ({ extent, places, taps, stride, dilation, before }: Axis) =>
    Math.max(0, (places - 1) * stride + (taps - 1) * dilation - before - (extent - 1));
  return { top: rows.before, bottom: after(rows), left: columns.before, right: after(columns) };
}

/** What the input gradient of a convolution reads around the gradient of its result. */
export function gradientHalo([rows, columns]: readonly [Axis, Axis]): Halo {
  const before = ({ taps, stride, dilation, before }: Axis) =>
    Math.max(0, -Math.ceil((before - (taps - 1) * dilation) / stride));
  const after = ({ extent, places, stride, before }: Axis) =>
    Math.max(0, Math.floor((extent - 1 + before) / stride) - (places - 1));
  return { top: before(rows), bottom: after(rows), left: before(columns), right: after(columns) };
}

/**
 * The pixels `first`, `first + stride`, … of an image, which all meet the same taps of the window: those from `tap` on, a
 * `tapStep` apart. At the first pixel, that first tap belongs to window place `place`; each next tap to one `placeStep`
 * earlier.
 */
export interface Phase {
  readonly first: number;
  readonly pixels: number;
  readonly taps: number;
  readonly tap: number;
  readonly tapStep: number;
  readonly place: number;
  readonly placeStep: number;
}

/** Splits an axis of an image into its phases, one for each remainder by the stride. Some may meet no tap. */
export function phasesOf({ extent, taps, stride, dilation, before }: Axis): Phase[] {
  return Array.from({ length: Math.min(stride, extent) }, (_, first) => {
    const meeting = Array.from({ length: taps }, (_, tap) => tap).filter(
      (tap) => (first + before - tap * dilation) % stride === 0,
    );
    const tapStep = meeting.length > 1 ? meeting[1] - meeting[0] : 1;
    const tap = meeting[0] ?? 0;
    return {
      first,
      pixels: Math.ceil((extent - first) / stride),
      taps: meeting.length,
      tap,
      tapStep,
      place: meeting.length > 0 ? (first + before - tap * dilation) / stride : 0,
      placeStep: meeting.length > 1 ? (tapStep * dilation) / stride : 0,
    };
  });
}
