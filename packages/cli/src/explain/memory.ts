import type { Backend } from '@igos/autograd';
import { compile, gradient, input } from '@igos/autograd';
import { CliError, exitCodes } from '../errors.ts';
import { planOnly } from '../plan-only.ts';
import type { Subject } from '../subject.ts';
import type { ChosenTarget } from '../target.ts';
import type { Settings } from './settings.ts';

/** Images in one run of the network where nothing else is asked for. */
const usualBatch = 5;

/**
 * How many images a run of the network takes: `--batch`, or as many of the usual number as fit in `--max-memory`.
 * @throws CliError with the exit code for failures when not even one fits, or not as many as `--batch` says
 */
export function chooseBatch(
  { batch, maxMemory }: Settings,
  { subject, chosen, backend }: { readonly subject: Subject; readonly chosen: ChosenTarget; readonly backend: Backend },
): number {
  if (maxMemory === undefined) return batch ?? usualBatch;
  const images = input('images', [1, ...subject.picture.input.shape]);
  const score = chosen.score(images);
  const [slope = score] = gradient(score, [images]);
  const { plan } = compile({ inputs: [images], outputs: { score, slope } }, planOnly);
  const bytesPerImage = (backend.precision === 'float64' ? 2 : 1) * plan.peakBytes;
  const fitting = Math.floor((maxMemory - subject.opened.model.weightBytes) / bytesPerImage);
  if (fitting >= (batch ?? 1)) return batch ?? Math.min(usualBatch, fitting);
  const needed = subject.opened.model.weightBytes + (batch ?? 1) * bytesPerImage;
  throw new CliError(
    `--max-memory is too small: ${batch ?? 1} picture${batch && batch > 1 ? 's' : ''} at a time need about ${Math.ceil(needed / 1e6)}MB` +
      (batch && batch > 1 ? '; lower --batch or raise --max-memory' : ''),
    exitCodes.failure,
  );
}
