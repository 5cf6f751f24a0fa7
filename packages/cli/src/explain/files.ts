import { drawOverlay, drawSaliency, encodeNpy } from 'igos/pictures';
import { encodePng } from '../draw/png.ts';
import type { OutputFiles } from '../output-folder.ts';
import type { Report } from '../report/report.ts';
import { renderPage } from './page.ts';
import type { Run } from './run.ts';

/** Everything that a run writes. */
export async function filesOf(run: Run, report: Report, command: string): Promise<OutputFiles> {
  const { photo, crop } = run.subject.picture;
  const { mask, saliency } = run.result;
  return {
    'overlay.png': await encodePng(drawOverlay(photo, saliency, crop)),
    'saliency.png': await encodePng(drawSaliency(photo, saliency, crop)),
    'mask.npy': encodeNpy(mask),
    'saliency.npy': encodeNpy(saliency),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.html': await renderPage(run, report, command),
  };
}
