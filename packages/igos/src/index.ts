/** I-GOS and its relatives: masks that show which pixels a network's decision rests on. */
export type { Baseline, BaselineOptions, Pixels } from './baselines/baseline.ts';
export { type BlurSettings, defaultBlur } from './baselines/blur.ts';
/** What replaces the pixels that a mask removes: for `makeBaseline`. */
export * as baselines from './baselines/index.ts';
export { makeBaseline } from './baselines/make-baseline.ts';
export type { Direction, DirectionContext, ScoreDirection } from './directions/direction.ts';
/** Where a step of the mask goes: for `direction`. */
export * as directions from './directions/index.ts';
export { NotFiniteError, OptionError, TargetError, type TargetFault } from './errors.ts';
export { explain, explainToEnd, type Result } from './explain.ts';
export type { Float32HostArray } from './float32-array.ts';
export { type Checkpoint, Interruption, type InterruptionReason, type StopSignal } from './interruption.ts';
/** How far a step goes: for `lineSearch`. */
export * as lineSearches from './line-searches/index.ts';
export type {
  LineSearch,
  LineSearchFactory,
  SearchOutcome,
  SearchPoint,
  SearchSettings,
  Trial,
} from './line-searches/line-search.ts';
export { defaultMaskSize, type MaskSize } from './mask.ts';
/** Ways to explain: for `method`. */
export * as methods from './methods/index.ts';
export type { Completeness, Method, MethodContext, MethodResult, RunFacts, Step, Stopped } from './methods/method.ts';
export { type AreaImage, type AreaScore, areaScore } from './metrics/area-score.ts';
export {
  type Curve,
  type DeletionInsertion,
  deletionInsertion,
  type MetricOptions,
} from './metrics/deletion-insertion.ts';
export type { Ties } from './metrics/ranking.ts';
export { type OrderOptions, type ReplacementOrder, replacementOrder } from './metrics/replacement-order.ts';
export type { NoiseDraw } from './noise.ts';
export { defaultOptions, type ExplainOptions, type ResolvedOptions } from './options.ts';
/** Where the points of a path lie: for `path.rule`. */
export * as pathRules from './path-rules/index.ts';
export type { Path, PathRule } from './path-rules/path.ts';
export type { Preset } from './presets.ts';
/** Settings that belong together. */
export * as presets from './presets.ts';
export type { Upsampling } from './problem/bilinear.ts';
export { createMaskProblem } from './problem/create-mask-problem.ts';
export { cellAverages, maskedImage } from './problem/host-images.ts';
export type {
  Counts,
  EvaluationOptions,
  ImageGradient,
  MaskProblem,
  ObjectiveOptions,
  PathGradient,
  PathScore,
} from './problem/mask-problem.ts';
export type { EndpointObjective, ImageValues, Objective, PenaltyValues } from './problem/objective.ts';
export type { ProblemOptions, RegularizerOptions, ResolvedProblem } from './problem/problem-options.ts';
export type { Savings } from './problem/savings.ts';
export type { BilateralOptions } from './regularizers/bilateral.ts';
export type { GraphTerm } from './regularizers/graph-term.ts';
/** Terms of the objective that look at the mask alone; those with a weight are for `regularizers.custom`. */
export * as regularizers from './regularizers/index.ts';
export type { HostRegularizer, Regularizer, Weights } from './regularizers/regularizer.ts';
export { displayMap } from './saliency.ts';
export type { ScoreFunction } from './score/score-function.ts';
export { type ScoredModel, type ScoreKind, type ScoreOptions, scoreOfModel } from './score/score-of-model.ts';
export { checkTarget, parseTarget, type Target, type WeightedIndex } from './score/target.ts';
export { type RankedClass, rankClasses, type TopClassOptions, topClass } from './score/top-class.ts';
export { type StartMask, type StartMaskWishes, startMaskOf } from './start-mask.ts';
export { tvWeight } from './tv-weight.ts';
export type { Warning } from './warnings.ts';
