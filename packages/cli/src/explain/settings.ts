import type { ThreadUse } from '@igos/autograd';
import type { MaskSize } from 'igos';
import { resolveSettings as resolveNamed, type Switch } from 'igos/named';
import type { ExplainFlags } from '../options/explain-options.ts';
import type { JsonValue, ReportOptions } from '../report/report.ts';
import type { Subject } from '../subject.ts';
import { inputUnits } from './input-units.ts';

/** All that a run is set to: flags, else the preset, else what fits the picture. */
export type Settings = ReturnType<typeof resolveSettings>;

interface Found {
  readonly subject: Subject;
  /** Size of the mask to start from, where one is given. */
  readonly initMaskSize: MaskSize | undefined;
}

export function resolveSettings(flags: ExplainFlags, { subject, initMaskSize }: Found) {
  const [height = 1, width = 1] = subject.picture.input.shape;
  const { noiseUnit } = inputUnits(subject);
  return resolveNamed(flags, { imageSize: [height, width], initMaskSize, noiseUnit });
}

interface ReportedRun {
  readonly settings: Settings;
  readonly subject: Subject;
  /** Threads that computed, where the backend has any of its own. */
  readonly threads: ThreadUse | undefined;
}

/** The settings as the report has them: named and worded as the flags, null where there is no limit. */
export function settingsOfReport({ settings, subject, threads }: ReportedRun): ReportOptions {
  const { encoding, output } = subject;
  const { mean, std } = encoding ?? {};
  const inputScale: JsonValue = mean && std ? { mean, std } : null;
  return {
    model: settings.model,
    target: settings.target ?? null,
    method: settings.method,
    preset: settings.preset,
    maskSize: settings.maskSize,
    iterations: settings.iterations,
    igSteps: settings.igSteps,
    path: settings.path,
    l1: settings.l1,
    tv: settings.tv,
    tvBeta: settings.tvBeta,
    tvScale: word(settings.tvScale),
    noise: settings.noise,
    sigma: settings.sigma,
    seed: settings.seed,
    baseline: settings.baseline,
    blurSize: settings.blurSize,
    blurSigma: settings.blurSigma,
    direction: settings.direction,
    lineSearch: settings.lineSearch,
    step: settings.step,
    stepDecay: settings.stepDecay,
    armijo: settings.armijo,
    minStep: settings.minStep,
    onFailedSearch: settings.onFailedSearch,
    lambdaSchedule: word(settings.lambdaSchedule),
    score: settings.score,
    ties: settings.ties,
    inputScale,
    labels: settings.labels ?? null,
    crop: settings.crop,
    output: output.name,
    initMask: settings.initMask ?? null,
    timeLimit: settings.timeLimit ?? null,
    tolerance: settings.tolerance ?? null,
    backend: settings.backend,
    threads: threads?.count ?? null,
    batch: settings.batch ?? null,
    maxMemory: settings.maxMemory,
  };
}

function word(on: boolean): Switch {
  return on ? 'on' : 'off';
}
