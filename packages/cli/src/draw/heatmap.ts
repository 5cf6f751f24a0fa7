import type { HostArray } from '@igos/autograd';
import { type ResampleWeights, resampleWeights } from '../image/resample-weights.ts';
import type { Rectangle, RgbImage } from '../image/rgb-image.ts';
import { colourTable } from './colormap.ts';

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
  return paintHeat(photo, heatOver(crop, saliency), { crop, opacityOf: (heat) => heat ** opacityExponent });
}

/** The colours of the saliency alone, in the crop of the dimmed photo; parameters as for `drawOverlay`. */
export function drawSaliency(photo: RgbImage, saliency: HostArray, crop: Rectangle): RgbImage {
  return paintHeat(photo, heatOver(crop, saliency), { crop, opacityOf: () => 1 });
}

/**
 * The saliency stretched so that its least value is 0 and its greatest 1; all 0 for a constant map, whose order says
 * nothing. Same shape.
 */
export function stretchSaliency({ data, shape }: HostArray): { data: Float64Array; shape: readonly number[] } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const range = high - low;
  return { data: Float64Array.from(data, (value) => (range > 0 ? (value - low) / range : 0)), shape };
}

/** Heat in 0..1 for every pixel of the crop, row by row: bilinear between the saliency's pixels. */
function heatOver(crop: Rectangle, saliency: HostArray): Float64Array {
  if (saliency.shape.length !== 2) {
    throw new RangeError(`a saliency map is [height, width], got [${saliency.shape.join(', ')}]`);
  }
  const { data, shape } = stretchSaliency(saliency);
  const [height, width] = shape as readonly [number, number];
  const rows = resampleWeights(height, crop.height, 'bilinear');
  const columns = resampleWeights(width, crop.width, 'bilinear');
  const tall = resampleRows(data, rows, width); // [crop.height, width]
  return transpose(resampleRows(transpose(tall, width), columns, crop.height), crop.height);
}

/** Resamples the first axis of a matrix with rows of `width` values. */
function resampleRows(matrix: Float64Array, { first, weights }: ResampleWeights, width: number): Float64Array {
  const result = new Float64Array(first.length * width);
  for (let y = 0; y < first.length; y++) {
    const row = weights[y] as Float64Array;
    for (let k = 0; k < row.length; k++) {
      const weight = row[k] as number;
      const source = ((first[y] as number) + k) * width;
      for (let x = 0; x < width; x++) {
        result[y * width + x] = (result[y * width + x] as number) + weight * (matrix[source + x] as number);
      }
    }
  }
  return result;
}

function transpose(matrix: Float64Array, width: number): Float64Array {
  const height = matrix.length / width;
  const result = new Float64Array(matrix.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) result[x * height + y] = matrix[y * width + x] as number;
  }
  return result;
}

/** Dims the photo, then lays the colours of the heat over the crop of the bright one. */
function paintHeat(
  photo: RgbImage,
  heat: Float64Array,
  { crop, opacityOf }: { readonly crop: Rectangle; readonly opacityOf: (heat: number) => number },
): RgbImage {
  const data = Uint8ClampedArray.from(photo.data, (value) => dimmedBrightness * value);
  for (let y = 0; y < crop.height; y++) {
    for (let x = 0; x < crop.width; x++) {
      const h = heat[y * crop.width + x] as number;
      const opacity = opacityOf(h);
      const pixel = 3 * ((crop.y + y) * photo.width + crop.x + x);
      const colour = 3 * Math.round(255 * h);
      for (let c = 0; c < 3; c++) {
        data[pixel + c] =
          (1 - opacity) * (photo.data[pixel + c] as number) + opacity * (colourTable[colour + c] as number);
      }
    }
  }
  return { width: photo.width, height: photo.height, data: new Uint8Array(data.buffer) };
}
