import { type ArrayInput, type Backend, type HostArray, toHostArray } from '@igos/autograd';
import { checkBackend, checkFinite, checkFunction, checkNumber, checkShape } from '../checks.ts';
import { imageShape } from '../image-shape.ts';
import { checkMaskSize, defaultMaskSize, type MaskSize } from '../mask.ts';
import { right } from '../path-rules/evenly.ts';
import type { Path, PathRule } from '../path-rules/path.ts';
import * as presets from '../presets.ts';
import type { GraphTerm } from '../regularizers/graph-term.ts';
import type { Regularizer, Weights } from '../regularizers/regularizer.ts';
import type { ScoreFunction } from '../score/score-function.ts';
import { tvWeight } from '../tv-weight.ts';
import type { Upsampling } from './bilinear.ts';
import { allSavings, type Savings } from './savings.ts';

/** Weights of the terms, and what else they need. What is left out comes from preset `small`. */
export interface RegularizerOptions {
  /** Weight of mean |1 − m|, >= 0. */
  readonly l1?: number;
  /** Weight of the total variation, >= 0; used as it is, see `tvWeight` for the scaled one. */
  readonly tv?: number;
  /** Exponent of the total variation, >= 1; default 2. */
  readonly tvBeta?: number;
  /** Further terms with their weights inside: `regularizers.bilateral`, or your own as graphs or as values with gradients. */
  readonly custom?: readonly (GraphTerm | Regularizer)[];
}

export interface ProblemOptions {
  /** What is explained; what the mask has to lower. */
  readonly score: ScoreFunction;
  /** What metrics and warnings read; the score itself unless given. */
  readonly probability?: ScoreFunction;
  /** `[h, w, c]`, what the network sees. */
  readonly image: ArrayInput;
  /** `[h, w, c]`, the same units; see `makeBaseline`. */
  readonly baseline: ArrayInput;
  /** Rows and columns; default min(28, half the shorter side) each. */
  readonly maskSize?: MaskSize;
  readonly upsampling?: Upsampling;
  readonly regularizers?: RegularizerOptions;
  /** Where the score is averaged: a rule from `pathRules`, or your own; default 20 points of `pathRules.right`. */
  readonly path?: { readonly points?: number; readonly rule?: PathRule };
  /** Where the network runs: `createWasmBackend()`, or `referenceBackend`, which is exact and slow. */
  readonly backend: Backend;
  /**
   * Images in one run of the network, on backends that take several: `gpujs`. Changes speed and memory, never a result.
   * Path points go in groups of 5. Default: what suits the backend.
   */
  readonly batch?: number;
  readonly savings?: Partial<Savings>;
}

/** `ProblemOptions` without gaps. */
export interface ResolvedProblem {
  readonly score: ScoreFunction;
  readonly probability: ScoreFunction;
  /** `[h, w, c]` */
  readonly image: HostArray;
  /** `[h, w, c]` */
  readonly baseline: HostArray;
  readonly imageSize: MaskSize;
  readonly maskSize: MaskSize;
  readonly upsampling: Upsampling;
  /** Weights of the regularizers unless a call gives others. */
  readonly weights: Weights;
  readonly tvBeta: number;
  readonly custom: readonly (GraphTerm | Regularizer)[];
  readonly path: Path;
  readonly backend: Backend;
  readonly batch: number;
  readonly savings: Savings;
}

/** Fills in the defaults and checks every value. */
export function resolveProblem(options: ProblemOptions): ResolvedProblem {
  const { score, probability = score, backend, upsampling = 'alignCorners' } = options;
  checkFunction('score', score, 'scoreOfModel(model, { target })');
  checkBackend(backend);
  const image = toHostArray(options.image);
  const baseline = toHostArray(options.baseline);
  const [height, width] = imageShape(image);
  const imageSize = [height, width] as const;
  checkShape('the baseline of this image', baseline, image.shape);
  checkFinite('image', image.data);
  checkFinite('baseline', baseline.data);
  const { maskSize = defaultMaskSize(height, width), batch = backend.batch } = options;
  checkMaskSize(maskSize, imageSize);
  checkNumber('batch', batch, { min: 1, integer: true });
  const { points, rule } = { points: 20, rule: right, ...options.path };
  checkNumber('path.points', points, { min: 1, integer: true });
  checkFunction('path.rule', rule, 'pathRules.right');
  const preset = presets.small;
  const { l1 = preset.l1, tv = tvWeight(preset, maskSize), tvBeta = 2, custom = [] } = options.regularizers ?? {};
  checkNumber('regularizers.l1', l1, { min: 0 });
  checkNumber('regularizers.tv', tv, { min: 0 });
  return {
    ...{ score, probability, image, baseline, imageSize, maskSize, upsampling, backend, batch },
    ...{ weights: { l1, tv }, tvBeta, custom, path: rule(points), savings: { ...allSavings, ...options.savings } },
  };
}
