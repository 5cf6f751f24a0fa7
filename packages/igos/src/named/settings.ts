import { defaultBlur } from '../baselines/blur.ts';
import { defaultMaskSize, type MaskSize } from '../mask.ts';
import { defaultOptions, type ExplainOptions } from '../options.ts';
import type { ProblemOptions } from '../problem/problem-options.ts';
import { tvWeight } from '../tv-weight.ts';
import {
  type DirectionName,
  directions,
  type LineSearchName,
  lineSearches,
  type MethodName,
  methods,
  type PathRuleName,
  type PresetName,
  pathRules,
  presets,
} from './parts.ts';

/** A switch in words. */
export type Switch = 'on' | 'off';

/** All that a run can be set to, in words and numbers. What is left out is decided by the preset or by the image. */
export interface NamedSettings {
  readonly method: MethodName;
  readonly preset: PresetName;
  readonly maskSize?: MaskSize;
  readonly iterations: number;
  /** Points of the path. */
  readonly igSteps: number;
  readonly path: PathRuleName;
  readonly l1?: number;
  readonly tv?: number;
  readonly tvBeta: number;
  readonly tvScale?: Switch;
  /** In units of 0.225 of the pixel range. */
  readonly noise: number;
  readonly seed: number;
  /** Pixels, odd. */
  readonly blurSize?: number;
  /** Pixels. */
  readonly blurSigma?: number;
  readonly direction: DirectionName;
  readonly lineSearch?: LineSearchName;
  readonly step: number;
  readonly stepDecay: number;
  readonly armijo: number;
  readonly minStep: number;
  readonly onFailedSearch?: 'keep' | 'step';
  readonly lambdaSchedule?: Switch;
  /** Seconds. */
  readonly timeLimit?: number;
  readonly tolerance?: number;
}

/** What is used where nothing else is said; `noise` is the authors'. */
export const defaultSettings = {
  method: 'igos',
  preset: 'small',
  iterations: defaultOptions.iterations,
  igSteps: 20,
  path: 'right',
  tvBeta: 2,
  noise: 0.2,
  seed: defaultOptions.seed,
  direction: 'integrated',
  step: defaultOptions.step,
  stepDecay: defaultOptions.stepDecay,
  armijo: defaultOptions.armijo,
  minStep: defaultOptions.minStep,
} as const satisfies NamedSettings;

export interface SettingsFacts {
  /** Height and width of what the network sees. */
  readonly imageSize: MaskSize;
  /** Size of the mask to start from, where one is given. */
  readonly initMaskSize?: MaskSize | undefined;
  /** What a `noise` of 1 is in units of the image, see `InputUnits`. */
  readonly noiseUnit: number;
}

/** What stands where a gap may be. */
export interface FilledSettings {
  readonly maskSize: MaskSize;
  readonly l1: number;
  /** The weight that is used. */
  readonly tv: number;
  readonly tvScale: boolean;
  readonly lineSearch: LineSearchName;
  readonly onFailedSearch: 'keep' | 'step';
  readonly lambdaSchedule: boolean;
  readonly blurSize: number;
  readonly blurSigma: number;
  /** Standard deviation of the noise in units of the image. */
  readonly sigma: number;
}

/** Settings without gaps. */
export type ResolvedSettings<S extends NamedSettings = NamedSettings> = Omit<S, keyof FilledSettings> & FilledSettings;

/** Fills the gaps: what is given comes first, then the preset, then what fits the image. */
export function resolveSettings<S extends NamedSettings>(given: S, facts: SettingsFacts): ResolvedSettings<S> {
  const [height, width] = facts.imageSize;
  const preset = presets[given.preset];
  const blur = defaultBlur(height, width);
  const maskSize = given.maskSize ?? facts.initMaskSize ?? defaultMaskSize(height, width);
  const tvScale = isOn(given.tvScale) ?? preset.tvScale;
  const filled: FilledSettings = {
    maskSize,
    l1: given.l1 ?? preset.l1,
    tv: tvWeight({ tv: given.tv ?? preset.tv, tvScale }, maskSize),
    tvScale,
    lineSearch: given.lineSearch ?? preset.lineSearch,
    onFailedSearch: given.onFailedSearch ?? preset.onFailedSearch,
    lambdaSchedule: isOn(given.lambdaSchedule) ?? preset.lambdaSchedule,
    blurSize: given.blurSize ?? blur.size,
    blurSigma: given.blurSigma ?? blur.sigma,
    sigma: given.noise * facts.noiseUnit,
  };
  return { ...given, ...filled };
}

function isOn(word: Switch | undefined): boolean | undefined {
  return word === undefined ? undefined : word === 'on';
}

/** What the settings say of a problem, for `createMaskProblem`. */
export function problemOptionsOf(
  settings: ResolvedSettings,
): Required<Pick<ProblemOptions, 'maskSize' | 'regularizers' | 'path'>> {
  const { maskSize, l1, tv, tvBeta, igSteps, path } = settings;
  return { maskSize, regularizers: { l1, tv, tvBeta }, path: { points: igSteps, rule: pathRules[path] } };
}

/** What the settings say of a run, for `explain`. */
export function explainOptionsOf(settings: ResolvedSettings): ExplainOptions {
  const { iterations, sigma, seed, timeLimit, tolerance, step, stepDecay, armijo, minStep } = settings;
  return {
    ...{ method: methods[settings.method], iterations, seed, noise: { sigma, seed } },
    ...{ direction: directions[settings.direction], lineSearch: lineSearches[settings.lineSearch] },
    ...{ step, stepDecay, armijo, minStep },
    ...{ onFailedSearch: settings.onFailedSearch, lambdaSchedule: settings.lambdaSchedule },
    ...(timeLimit !== undefined && { timeLimit }),
    ...(tolerance !== undefined && { tolerance }),
  };
}
