import { type Shape, sizeOf, stridesOf } from '../../../shape.ts';

/** Rows above and below, columns left and right of an image that are kept zero, so that a window may reach over its edge. */
export interface Halo {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const noHalo: Halo = { top: 0, bottom: 0, left: 0, right: 0 };

/** Where the elements of a tensor are, in floats from the start of its memory. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  /** Place of the first element. */
  readonly offset: number;
  /** Room that it takes. */
  readonly floats: number;
  readonly halo: Halo;
}

/** Row-major, without gaps. */
export function denseLayout(shape: Shape): Layout {
  return { shape, strides: stridesOf(shape), offset: 0, floats: sizeOf(shape), halo: noHalo };
}

/**
 * `[n, h, w, c]` with a halo. The zeros right of a row are also those left of the next, and the rows below an image those
 * above the next.
 */
export function haloLayout(shape: Shape, halo: Halo): Layout {
  if (isEmpty(halo) || sizeOf(shape) === 0) return denseLayout(shape);
  const [images, height, width, channels] = shape;
  const row = (width + Math.max(halo.left, halo.right)) * channels;
  const image = (height + Math.max(halo.top, halo.bottom)) * row;
  const offset = halo.top * row + halo.left * channels;
  const lastPixel =
    offset + (images - 1) * image + (height - 1 + halo.bottom) * row + (width - 1 + halo.right) * channels;
  return { shape, strides: [image, row, channels, 1], offset, floats: lastPixel + channels, halo };
}

/** A bit for each element, four to a byte half, in row-major order: strides are sixteenths of a float. */
export function bitsLayout(shape: Shape): Layout {
  const strides = stridesOf(shape).map((stride) => stride / elementsPerFloat);
  return { shape, strides, offset: 0, floats: Math.ceil(sizeOf(shape) / elementsPerFloat), halo: noHalo };
}

/** A byte holds four elements' bits, so the room of a float holds those of sixteen. */
const elementsPerFloat = 16;

/** Whether the elements follow one another without gaps. */
export function isDense({ halo }: Layout): boolean {
  return isEmpty(halo);
}

function isEmpty({ top, bottom, left, right }: Halo): boolean {
  return top + bottom + left + right === 0;
}

/** Whether an image with the halo `has` can be read by a window that needs `needs`. */
export function covers(has: Halo, needs: Halo): boolean {
  return has.top >= needs.top && has.bottom >= needs.bottom && has.left >= needs.left && has.right >= needs.right;
}

/** The smallest halo that serves both. */
export function union(a: Halo, b: Halo): Halo {
  return {
    top: Math.max(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.max(a.left, b.left),
    right: Math.max(a.right, b.right),
  };
}

/** Equally long stretches of floats at equal distances. */
export interface Gaps {
  readonly start: number;
  readonly floats: number;
  readonly count: number;
  readonly distance: number;
}

/** All that lies around the images of a layout with a halo: what has to be zero. */
export function gapsOf({ shape, strides, offset, floats, halo }: Layout): Gaps[] {
  if (isEmpty(halo)) return [];
  const [images, height, width, channels] = shape;
  const [image, row] = strides;
  const rowFloats = width * channels;
  const endOfImage = offset + (height - 1) * row + rowFloats;
  const gaps: Gaps[] = [
    { start: 0, floats: offset, count: 1, distance: 0 },
    ...Array.from({ length: images }, (_, n) => ({
      start: offset + n * image + rowFloats,
      floats: row - rowFloats,
      count: height - 1,
      distance: row,
    })),
    { start: endOfImage, floats: image - (height - 1) * row - rowFloats, count: images - 1, distance: image },
    {
      start: endOfImage + (images - 1) * image,
      floats: floats - endOfImage - (images - 1) * image,
      count: 1,
      distance: 0,
    },
  ];
  return gaps.filter((gap) => gap.floats > 0 && gap.count > 0);
}

/** Copies a dense array into a layout whose gaps are to be zero. */
export function writeLayout(into: Float32Array, data: ArrayLike<number>, layout: Layout): void {
  if (isEmpty(layout.halo)) {
    into.set(data);
    return;
  }
  into.fill(0);
  forEachRow(layout, (at, dense, length) => {
    for (let i = 0; i < length; i++) into[at + i] = data[dense + i];
  });
}

/** The dense values of a layout. */
export function readLayout(from: Float32Array, layout: Layout): Float32Array {
  if (isEmpty(layout.halo)) return from.slice(0, layout.floats);
  const dense = new Float32Array(sizeOf(layout.shape));
  forEachRow(layout, (at, start, length) => dense.set(from.subarray(at, at + length), start));
  return dense;
}

function forEachRow({ shape, strides, offset }: Layout, visit: (at: number, dense: number, length: number) => void) {
  const [images, height, width, channels] = shape;
  const length = width * channels;
  for (let n = 0; n < images; n++) {
    for (let y = 0; y < height; y++) visit(offset + n * strides[0] + y * strides[1], (n * height + y) * length, length);
  }
}
