import { compile, gradient, input } from '@igos/autograd';
import type { OpenedBackend } from '../backend.ts';
import { CliError, exitCodes } from '../errors.ts';
import { planOnly } from '../plan-only.ts';
import type { Subject } from '../subject.ts';
import type { ChosenTarget } from '../target.ts';
import type { Settings } from './settings.ts';

interface Found {
  readonly subject: Subject;
  readonly chosen: ChosenTarget;
  readonly opened: OpenedBackend;
}

/**
 * How many images a run of the network takes: `--batch`, or what suits the backend as far as `--max-memory` allows.
 * @throws CliError with the exit code for failures when not even one fits, or not as many as `--batch` says
 */
export function chooseBatch({ batch, maxMemory }: Settings, { subject, chosen, opened }: Found): number {
  // A backend that can rehearse takes images one by one, and its memory has been planned.
  if (maxMemory === undefined || opened.backend.memoryBytes) return batch ?? opened.backend.batch;
  const images = input('images', [1, ...subject.picture.input.shape]);
  const score = chosen.score(images);
  const [slope = score] = gradient(score, [images]);
  const { plan } = compile({ inputs: [images], outputs: { score, slope } }, planOnly);
  const bytesPerImage = (opened.backend.precision === 'float64' ? 2 : 1) * plan.peakBytes;
  const weights = subject.opened.model.weightBytes;
  const fitting = Math.floor((maxMemory - weights) / bytesPerImage);
  const least = batch ?? 1;
  if (fitting >= least) return batch ?? Math.min(opened.backend.batch, fitting);
  const needed = Math.ceil((weights + least * bytesPerImage) / 1e6);
  const mend = least > 1 ? 'raise it or lower --batch' : 'raise it';
  throw new CliError(`--max-memory is too small, about ${needed}MB are needed: ${mend}`, exitCodes.failure);
}
