import { type MaskProblem, maskedImage, type Path } from 'igos';
import { defaultSettings, type PathRuleName, pathRules } from 'igos/named';
import type { RgbImage } from 'igos/pictures';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import { picture } from '../subject.ts';
import { session } from './session.ts';

/** One point of the path from the baseline to the whole picture. */
export interface PathPointView {
  /** From 0. */
  readonly index: number;
  /** The mask is this, in every cell. */
  readonly fraction: number;
  /** How much the point counts; the weights of all points sum to 1. */
  readonly weight: number;
  readonly pixels: RgbImage;
  readonly score: number;
  /** Of the score by the cells, at this point. */
  readonly gradient: Float64Array;
}

export interface PathView {
  readonly size: readonly [rows: number, columns: number];
  /** Scores at both ends. */
  readonly baseline: number;
  readonly photo: number;
  /** Of the score by the cells, at the picture itself: what the plain gradient says. */
  readonly plain: Float64Array;
}

/** The points of the path one after the other; the settings have its rule and its number of points. */
export async function pathGradient(
  request: ProblemRequest,
  { signal, update }: CallContext<PathPointView>,
): Promise<PathView> {
  const { problem, subject } = problemOfAnyPath(request);
  const path = pathRules[request.settings.path](request.settings.igSteps);
  for (const { index, fraction, weight } of pointsOf(path)) {
    signal.throwIfAborted();
    const mask = evenMask(problem, fraction);
    const { average: score, gradient } = await problem.gradient(mask);
    update({ index, fraction, weight, score, gradient, pixels: picture(subject, maskedImage(problem, mask)) });
  }
  signal.throwIfAborted();
  const { average: photo, gradient: plain } = await problem.gradient(evenMask(problem, 1));
  const [baseline] = await problem.evaluate([problem.baseline]);
  return { size: problem.maskSize, baseline: baseline?.score ?? Number.NaN, photo, plain };
}

export interface PathTotalsRequest extends ProblemRequest {
  readonly rule: PathRuleName;
  /** Numbers of points, one path each. */
  readonly counts: readonly number[];
}

export interface PathTotalView {
  readonly points: number;
  /** Gradients of all points and cells, each point counted by its weight. */
  readonly total: number;
  /** What they should add up to: score of the picture minus score of the baseline. */
  readonly expected: number;
}

/** What the gradients along the path add up to, for paths of so many points. */
export async function pathTotals(
  { rule, counts, ...request }: PathTotalsRequest,
  { signal, update }: CallContext<PathTotalView>,
): Promise<void> {
  const { problem } = problemOfAnyPath(request);
  const [photo, baseline] = await problem.evaluate([problem.image, problem.baseline]);
  const expected = (photo?.score ?? Number.NaN) - (baseline?.score ?? Number.NaN);
  for (const points of counts) {
    let total = 0;
    for (const { fraction, weight } of pointsOf(pathRules[rule](points))) {
      signal.throwIfAborted();
      const { gradient } = await problem.gradient(evenMask(problem, fraction));
      total += weight * gradient.reduce((sum, value) => sum + value, 0);
    }
    update({ points, total, expected });
  }
}

/** Points are asked for one by one, so one problem, with its compiled programs, serves every path. */
function problemOfAnyPath({ baseline, settings }: ProblemRequest) {
  const { igSteps, path } = defaultSettings;
  return session.problem({ baseline, settings: { ...settings, igSteps, path } });
}

function pointsOf({ nodes, weights }: Path) {
  return Array.from(nodes, (fraction, index) => ({ index, fraction, weight: weights[index] ?? 0 }));
}

function evenMask({ maskSize: [rows, columns] }: MaskProblem, value: number): Float64Array {
  return new Float64Array(rows * columns).fill(value);
}
