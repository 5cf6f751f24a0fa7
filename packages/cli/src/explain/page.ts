import { cropImage, type Rectangle, type RgbImage, resize } from 'igos/pictures';
import { type Picture, type RunMaps, renderReport } from '../report/html.ts';
import { encodePicture } from '../report/picture.ts';
import type { Report } from '../report/report.ts';
import type { Run } from './run.ts';

/** Longer side of the baseline's picture, which has no detail to lose. */
const longestSide = 400;

/** The run as a page that needs nothing else. */
export async function renderPage(run: Run, report: Report, command: string): Promise<string> {
  const { photo, crop, toPixels } = run.subject.picture;
  return renderReport({
    report,
    photo: await encodePicture(cropImage(photo, crop)),
    baseline: await encodeLike(crop, toPixels(run.baseline)),
    maps: mapsOf(run),
    command,
  });
}

/** The picture in the proportions of the crop, from which the model's input was scaled. */
function encodeLike({ width, height }: Rectangle, image: RgbImage): Promise<Picture> {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(scale * width)), height: Math.max(1, Math.round(scale * height)) };
  return encodePicture(resize(image, size, { filter: 'bilinear' }));
}

/** A mask for every iteration; methods without iterations have their saliency alone. */
function mapsOf({ steps, initMask, settings, result }: Run): RunMaps {
  if (steps.length === 0) {
    const [rows = 1, columns = 1] = result.saliency.shape;
    return { kind: 'saliency', rows, columns, grids: [result.saliency.data] };
  }
  const [rows, columns] = settings.maskSize;
  return { kind: 'keep-masks', rows, columns, grids: [initMask, ...steps.map(({ mask }) => mask)] };
}
