import type { HostArray } from '@igos/autograd';
import { colourTable } from './colormap.ts';
import { extent } from './extent.ts';
import { type ResampleWeights, resampleWeights } from './resample-weights.ts';
import type { Rectangle, RgbImage } from './rgb-image.ts';

/** Opacity of the heat over the photo is h^0.8: weak heat stays visible without hiding what it lies on. */
const opacityExponent = 0.8;

/** What is left of a photo's brightness where the model did not look. */
const dimmedBrightness = 0.5;

/**
 * The photo with its saliency laid over the crop that the model saw: (1 - h^0.8) · photo + h^0.8 · colour(h), h the
 * saliency stretched to 0..1. The photo keeps its size; outside the crop it is dimmed.
 *
 * @param saliency  [height, width] of any size and range, high = important; a constant one shows no heat
 * @source Qi et al. 2020, the authors' picture, with a colour map that keeps its order for every eye
 */
export function drawOverlay(photo: RgbImage, saliency: HostArray, crop: Rectangle): RgbImage {
  return paintHeat(photo, crop, { heatRow: heatRows(saliency, crop), opacityOf: (heat) => heat ** opacityExponent });
}

/** The colours of the saliency alone, in the crop of the dimmed photo; parameters as for `drawOverlay`. */
export function drawSaliency(photo: RgbImage, saliency: HostArray, crop: Rectangle): RgbImage {
  return paintHeat(photo, crop, { heatRow: heatRows(saliency, crop), opacityOf: () => 1 });
}

/**
 * The saliency stretched so that its least value is 0 and its greatest 1; all 0 for a constant map, whose order says
 * nothing. Same shape.
 */
export function stretchSaliency({ data, shape }: HostArray): { data: Float64Array; shape: readonly number[] } {
  const [low, high] = extent(data);
  const range = high - low;
  return { data: Float64Array.from(data, (value) => (range > 0 ? (value - low) / range : 0)), shape };
}

/** The heat, 0..1, of each pixel in row y of the crop: bilinear between the saliency's pixels. */
type HeatRow = (y: number) => Float64Array;

/** Row by row, so that a photo of 40 megapixels needs no second one of numbers; each call reuses the same row. */
function heatRows(saliency: HostArray, crop: Rectangle): HeatRow {
  if (saliency.shape.length !== 2) {
    throw new RangeError(`a saliency map is [height, width], got [${saliency.shape.join(', ')}]`);
  }
  const { data, shape } = stretchSaliency(saliency);
  const [height, width] = shape as readonly [number, number];
  const rows = resampleWeights(height, crop.height, 'bilinear');
  const columns = resampleWeights(width, crop.width, 'bilinear');
  const narrow = new Float64Array(width);
  const wide = new Float64Array(crop.width);
  return (y) => {
    for (let x = 0; x < width; x++) narrow[x] = weightedSum(data, rows, { i: y, offset: x, stride: width });
    for (let x = 0; x < crop.width; x++) wide[x] = weightedSum(narrow, columns, { i: x, offset: 0, stride: 1 });
    return wide;
  };
}

/** Sample i of the resampled axis whose input sample k is `data[offset + k · stride]`. */
function weightedSum(
  data: Float64Array,
  { first, weights }: ResampleWeights,
  { i, offset, stride }: { i: number; offset: number; stride: number },
): number {
  const row = weights[i] as Float64Array;
  const start = offset + (first[i] as number) * stride;
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += (row[k] as number) * (data[start + k * stride] as number);
  return sum;
}

/** Dims the photo, then lays the colours of the heat over the crop of the bright one. */
function paintHeat(
  photo: RgbImage,
  crop: Rectangle,
  { heatRow, opacityOf }: { readonly heatRow: HeatRow; readonly opacityOf: (heat: number) => number },
): RgbImage {
  const data = new Uint8ClampedArray(photo.data);
  for (let i = 0; i < data.length; i++) data[i] = dimmedBrightness * (photo.data[i] as number);
  for (let y = 0; y < crop.height; y++) {
    const heat = heatRow(y);
    for (let x = 0; x < crop.width; x++) {
      const opacity = opacityOf(heat[x] as number);
      const pixel = 3 * ((crop.y + y) * photo.width + crop.x + x);
      const colour = 3 * Math.round(255 * (heat[x] as number));
      for (let c = 0; c < 3; c++) {
        data[pixel + c] =
          (1 - opacity) * (photo.data[pixel + c] as number) + opacity * (colourTable[colour + c] as number);
      }
    }
  }
  return { width: photo.width, height: photo.height, data: new Uint8Array(data.buffer) };
}
