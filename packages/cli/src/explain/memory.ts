import { compile, gradient, input } from '@igos/autograd';
import type { OpenedBackend } from '../backend.ts';
import { CliError, exitCodes } from '../errors.ts';
import { planOnly } from '../plan-only.ts';
import type { Progress } from '../progress.ts';
import type { Subject } from '../subject.ts';
import type { ChosenTarget } from '../target.ts';
import type { Settings } from './settings.ts';

interface Found {
  readonly subject: Subject;
  readonly chosen: ChosenTarget;
  readonly opened: OpenedBackend;
  readonly progress: Progress;
}

/** Path points go through the network in groups of so many, on backends that take several images. */
const pathGroup = 5;

/**
 * How many images a run of the network takes: `--batch`, or what suits the backend as far as `--max-memory` allows.
 * Says what the results between layers take; what the backend takes besides is not known beforehand.
 *
 * @throws CliError with the exit code for failures when the least does not fit, or not as much as `--batch` says
 */
export function chooseBatch({ batch, maxMemory }: Settings, { subject, chosen, opened, progress }: Found): number {
  const { backend } = opened;
  // A backend that can rehearse takes images one by one, and its memory has been planned.
  if (backend.memoryBytes) return batch ?? backend.batch;
  const images = input('images', [1, ...subject.picture.input.shape]);
  const score = chosen.score(images);
  const [slope = score] = gradient(score, [images]);
  const { plan } = compile({ inputs: [images], outputs: { score, slope } }, planOnly);
  const bytesPerImage = (backend.precision === 'float64' ? 2 : 1) * plan.peakBytes;
  const weights = subject.opened.model.weightBytes;
  const fitting = Math.floor((maxMemory - weights) / bytesPerImage);
  const smallest = backend.loops ? 1 : pathGroup;
  const least = Math.max(batch ?? 1, smallest);
  if (fitting >= least) {
    const chosenBatch = batch ?? Math.min(backend.batch, fitting);
    const bytes = weights + Math.max(chosenBatch, smallest) * bytesPerImage;
    const images = chosenBatch === 1 ? 'one image' : `${chosenBatch} images`;
    progress.note(`engine memory: at least ${Math.ceil(bytes / 1e6)} MB (${backend.name}, ${images} at a time)`);
    return chosenBatch;
  }
  const needed = Math.ceil((weights + least * bytesPerImage) / 1e6);
  const mend = least > smallest ? 'raise it or lower --batch' : 'raise it';
  throw new CliError(`--max-memory is too small, about ${needed}MB are needed: ${mend}`, exitCodes.failure);
}
