import type { Backend, HostArray, ThreadUse } from '@igos/autograd';
import {
  createMaskProblem,
  type DeletionInsertion,
  deletionInsertion,
  explain,
  type MaskProblem,
  type MaskSize,
  OptionError,
  type Result,
  type StartMask,
  type Step,
  startMaskOf,
} from 'igos';
import { explainOptionsOf, problemOptionsOf } from 'igos/named';
import type { OpenedBackend } from '../backend.ts';
import { countingTransfers } from '../counting-transfers.ts';
import { CliError, exitCodes, printable } from '../errors.ts';
import { readNpy } from '../image/read-npy.ts';
import type { ExplainFlags } from '../options/explain-options.ts';
import { makeProgress, type Progress, showDuration } from '../progress.ts';
import type { Subject } from '../subject.ts';
import { type ChosenTarget, chooseTarget } from '../target.ts';
import { buildBaseline } from './baseline.ts';
import { chooseBatch } from './memory.ts';
import { resolveSettings, type Settings } from './settings.ts';

/** A run with all that is known of it, for the report and the pictures. */
export interface Run {
  readonly subject: Subject;
  readonly settings: Settings;
  readonly chosen: ChosenTarget;
  /** [height, width, channels], in the units of the input. */
  readonly baseline: HostArray;
  /** That computed. */
  readonly backend: Backend;
  /** Its threads, where it has any of its own. */
  readonly threads: ThreadUse | undefined;
  /** The mask before the first step. */
  readonly initMask: Float32Array;
  readonly steps: readonly Step[];
  readonly result: Result;
  readonly metrics: DeletionInsertion;
  /** Of the optimization alone. */
  readonly seconds: number;
}

/**
 * Explains the picture, and measures the explanation.
 * @throws CliError, or the packages' own errors, see failure.ts
 */
export async function runExplanation(
  subject: Subject,
  flags: ExplainFlags,
  { opened, progress }: { readonly opened: OpenedBackend; readonly progress: Progress },
): Promise<Run> {
  const { backend } = opened;
  const { maskSize, initMask: file } = flags;
  const initMask = file === undefined ? undefined : await readStartMask(file, { maskSize, subject });
  const settings = resolveSettings(flags, { subject, initMaskSize: initMask?.size });
  const baseline = await buildBaseline(subject, settings);
  const chosen = await chooseTarget(subject, flags, backend);
  const problem = createMaskProblem({
    ...{ score: chosen.score, image: subject.picture.input, baseline, backend },
    ...(chosen.probability && { probability: chosen.probability }),
    ...problemOptionsOf(settings),
    batch: chooseBatch(settings, { subject, chosen, opened, progress }),
  });
  try {
    const { steps, result, seconds } = await optimize(problem, { settings, initMask: initMask?.data, progress });
    const before = problem.counts.forward;
    progress.show(() => `deletion and insertion  ${problem.counts.forward - before} network evaluations`);
    const metrics = await deletionInsertion(problem, result.saliency, {
      ties: settings.ties === 'direction' && !result.tieBreak ? 'index' : settings.ties,
      ...(result.tieBreak && { tieBreak: result.tieBreak }),
      seed: settings.seed,
    });
    const first = initMask?.data ?? new Float32Array(settings.maskSize[0] * settings.maskSize[1]).fill(1);
    const facts = { subject, settings, chosen, baseline, backend, threads: await backend.threads?.() };
    return { ...facts, initMask: Float32Array.from(first), steps, result, metrics, seconds };
  } finally {
    problem.dispose();
  }
}

/**
 * Memory that the explanation would take at its peak on this backend, which is a rehearsal, in bytes: that of its programs,
 * the model's weights, the pictures that are held all the time, and those that go in and out of one run.
 */
export async function rehearseExplanation(subject: Subject, flags: ExplainFlags, rehearsal: Backend): Promise<number> {
  const { timeLimit: _, ...rest } = flags;
  const { backend, mostBytes } = countingTransfers(rehearsal);
  const opened = { backend };
  const progress = makeProgress({ quiet: true });
  const run = await runExplanation(subject, { ...rest, iterations: 1 }, { opened, progress });
  const { photo, input } = subject.picture;
  const held = photo.data.byteLength + input.data.byteLength + run.baseline.data.byteLength;
  return (backend.memoryBytes?.() ?? 0) + subject.opened.model.weightBytes + held + mostBytes();
}

interface Optimization {
  readonly settings: Settings;
  readonly initMask: HostArray['data'] | undefined;
  readonly progress: Progress;
}

async function optimize(
  problem: MaskProblem,
  { settings, initMask, progress }: Optimization,
): Promise<{ readonly steps: readonly Step[]; readonly result: Result; readonly seconds: number }> {
  const { method, iterations } = settings;
  const run = explain(problem, { ...explainOptionsOf(settings), ...(initMask && { initMask }) });
  const steps: Step[] = [];
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let seconds = 0;
  const seen = () => problem.counts.forward + problem.counts.gradient;
  progress.show(() => `${method} begins  ${seen()} network evaluations`);
  for (;;) {
    const { done, value } = await run.next();
    // What a method does after its last step is not optimization any more: it ranks pixels of equal saliency.
    if (done) return { steps, result: value, seconds: steps.length > 0 ? seconds : elapsed() };
    steps.push(value);
    seconds = elapsed();
    const expected = (seconds / steps.length) * iterations;
    const { objective, score } = value;
    const state = `iteration ${steps.length}/${iterations}  objective ${objective.toFixed(4)}  score ${score.toFixed(4)}`;
    progress.show(() => `${state}  ${showDuration(expected - elapsed())} left`);
  }
}

/** The start mask of a file, for this picture. */
async function readStartMask(
  path: string,
  { maskSize, subject }: { readonly maskSize: MaskSize | undefined; readonly subject: Subject },
): Promise<StartMask> {
  const array = await readNpy(path, { exitCode: exitCodes.usage });
  const [height = 1, width = 1] = subject.picture.input.shape;
  try {
    return startMaskOf(array, { maskSize, imageSize: [height, width] });
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new CliError(`--init-mask ${printable(path)}: ${error.message}`, exitCodes.usage, { cause: error });
  }
}
