import {
  compile,
  gradient,
  type HostArray,
  input,
  referenceBackend,
  type Tensor,
  topologicalOrder,
} from '@igos/autograd';
import {
  type Direction,
  type GraphTerm,
  type MaskProblem,
  type PathRule,
  type Regularizer,
  type ScoreDirection,
  scoreOfModel,
} from 'igos';
import { anyImage, anyMask, type Bench } from './bench.ts';
import { compareWithDifferences, type ErrorCurve } from './differences.ts';
import { FaultError } from './fault.ts';
import type { Part, PartKind } from './reader-code.ts';

/** What a gradient may be the derivative of: the score, its average along the path, or a term of the objective. */
export type Differentiated = 'score' | 'average' | 'term';

export interface CheckView {
  readonly kind: PartKind;
  readonly curves: readonly (ErrorCurve & { readonly of: Differentiated })[];
}

/** Compares what the part says of a slope with differences, in float64. */
export async function check(part: Part, bench: Bench): Promise<CheckView> {
  return { kind: part.kind, curves: await curvesOf(part, bench) };
}

async function curvesOf(part: Part, bench: Bench): Promise<CheckView['curves']> {
  switch (part.kind) {
    case 'rules':
      return [await checkRules(part.rules, bench)];
    case 'direction': {
      const problem = bench.exactProblem();
      const mask = anyMask(problem);
      const { gradient: claimed } = await checkedDirection(part.direction)({ problem, mask: mask.slice() });
      const claim = { at: Float64Array.from(mask), gradient: claimed };
      return [
        { of: 'average', ...(await compareWithDifferences({ ...claim, value: averageOf(problem) })) },
        { of: 'score', ...(await compareWithDifferences({ ...claim, value: scoreOf(problem) })) },
      ];
    }
    case 'regularizer':
      return [await checkTerm(part.term, bench)];
    case 'path': {
      const problem = bench.exactProblem({ path: { rule: checkedRule(part.rule) } });
      const at = Float64Array.from(anyMask(problem));
      const { gradient: claimed } = await problem.pathGradient(at);
      return [
        { of: 'average', ...(await compareWithDifferences({ at, gradient: claimed, value: averageOf(problem) })) },
      ];
    }
  }
}

const averageOf = (problem: MaskProblem) => async (mask: Float64Array) => (await problem.pathScore(mask)).average;

const scoreOf = (problem: MaskProblem) => async (mask: Float64Array) => {
  const [values] = await problem.objective([mask], { weights: { l1: 0, tv: 0 } });
  return values?.score ?? Number.NaN;
};

/** The gradient of the score by the pixels, with the rules in force, against the score. */
async function checkRules(
  rules: (Part & { readonly kind: 'rules' })['rules'],
  { subject }: Bench,
): Promise<CheckView['curves'][number]> {
  const shape = [1, ...subject.image.shape];
  const image = input('image', shape);
  const score = scoreOfModel(subject.model, { target: subject.target, score: 'logit' })(image);
  checkNames(Object.keys(rules), score);
  const [slope] = gradient(score, [image], { rules });
  const values = compile({ inputs: [image], outputs: { score } }, referenceBackend);
  const slopes = compile({ inputs: [image], outputs: { slope } }, referenceBackend);
  const at = anyImage(subject);
  const { data } = (await slopes.run({ image: { data: at, shape } })).slope;
  checkNumbers('gradient', data, at.length);
  const value = async (moved: Float64Array) => {
    return (await values.run({ image: { data: moved, shape } })).score.data[0] ?? Number.NaN;
  };
  return { of: 'score', ...(await compareWithDifferences({ at, gradient: data, value })) };
}

/** A rule for what is not there would change nothing, and nobody would know. */
function checkNames(names: readonly string[], score: Tensor): void {
  const inside = ({ inputs, expansion }: Tensor) => (expansion ? [...inputs, expansion] : inputs);
  const ops = [...new Set(topologicalOrder([score], inside).map(({ op }) => op))];
  const strange = names.find((name) => !ops.includes(name));
  if (strange === undefined) return;
  const differentiated = ops.filter((op) => op !== 'input' && op !== 'constant');
  throw new FaultError({ what: 'no-such-op', name: strange, ops: differentiated.toSorted() });
}

async function checkTerm(term: GraphTerm | Regularizer, bench: Bench): Promise<CheckView['curves'][number]> {
  const problem = bench.exactProblem({ regularizers: { l1: 0, tv: 0, custom: [checkedTerm(term)] } });
  const at = Float64Array.from(anyMask(problem));
  const weights = { l1: 0, tv: 0 };
  const claimed = await problem.penaltyGradient(at, weights);
  const value = async (mask: Float64Array) => (await problem.penalties(mask, weights)).penalty;
  return { of: 'term', ...(await compareWithDifferences({ at, gradient: claimed, value })) };
}

/** The same direction, complaining in words of the reader's where it gives no gradient. */
export function checkedDirection(direction: Direction): Direction {
  return async (context) => {
    const found = (await direction(context)) as ScoreDirection | undefined;
    const claimed: unknown = found?.gradient;
    checkNumbers('gradient', claimed, context.mask.length);
    return { ...found, gradient: Float64Array.from(claimed) };
  };
}

/** The same term, complaining in words of the reader's when its gradient has another length than the mask. */
export function checkedTerm(term: GraphTerm | Regularizer): GraphTerm | Regularizer {
  if (typeof term === 'function') return term;
  return {
    ...term,
    value: async (mask, size) => {
      const value: unknown = await term.value(mask, size);
      checkNumbers('regularizer.value', [value as number], 1);
      return value as number;
    },
    gradient: async (mask, size) => {
      const slope: unknown = await term.gradient(mask, size);
      checkNumbers('regularizer.gradient', slope, mask.length);
      return slope as Float64Array;
    },
  };
}

/** The same rule, refused where its path is none. */
export function checkedRule(rule: PathRule): PathRule {
  return (points) => {
    const { nodes, weights } = (rule(points) ?? {}) as Partial<ReturnType<PathRule>>;
    checkNumbers('nodes', nodes, points);
    checkNumbers('weights', weights, points);
    const outside = Array.from(nodes).find((node) => node <= 0 || node > 1);
    if (outside !== undefined) throw new FaultError({ what: 'path-nodes', node: outside });
    const sum = Array.from(weights).reduce((total, weight) => total + weight, 0);
    if (Math.abs(sum - 1) > 1e-6) throw new FaultError({ what: 'path-weights', sum });
    return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
  };
}

/** @throws FaultError unless these are so many finite numbers */
export function checkNumbers(name: string, values: unknown, wanted: number): asserts values is HostArray['data'] {
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values);
  if (!isList) throw new FaultError({ what: 'wrong-type', name, wanted: 'array' });
  const list = values as ArrayLike<unknown>;
  if (list.length !== wanted) throw new FaultError({ what: 'wrong-length', name, wanted, got: list.length });
  for (let i = 0; i < list.length; i++) {
    if (!Number.isFinite(list[i])) throw new FaultError({ what: 'not-finite', name });
  }
}
