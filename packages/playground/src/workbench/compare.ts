import { compile, gradient, type HostArray, input } from '@igos/autograd';
import { deletionInsertion, type ExplainOptions, explain, explainToEnd, type ProblemOptions, scoreOfModel } from 'igos';
import type { RgbImage } from 'igos/pictures';
import { picture } from '../engine/subject.ts';
import type { Bench } from './bench.ts';
import { checkedDirection, checkedRule, checkedTerm, checkNumbers } from './check.ts';
import type { Part, PartKind } from './reader-code.ts';

/** What one side has found. */
interface Finding {
  /** A mask `[rows, columns]`, or a gradient by the pixels `[h, w]`. */
  readonly map: HostArray;
  /** Of the masked picture; for masks. */
  readonly score?: number;
  /** Share that is hidden; for masks. */
  readonly area?: number;
  /** Areas under the curves. */
  readonly deletion: number;
  readonly insertion: number;
}

export interface CompareView {
  readonly kind: PartKind;
  /** What the network sees. */
  readonly picture: RgbImage;
  readonly yours: Finding;
  readonly builtIn: Finding;
}

/** The same picture with the reader's part, and with the one that is built in. */
export async function compare(part: Part, bench: Bench, settings: ExplainOptions): Promise<CompareView> {
  const { kind } = part;
  const seen = { kind, picture: picture(bench.subject, bench.subject.image) };
  switch (kind) {
    case 'rules':
      return { ...seen, yours: await gradientMap(bench, part.rules), builtIn: await gradientMap(bench, {}) };
    case 'direction': {
      const direction = checkedDirection(part.direction);
      return {
        ...seen,
        yours: await findMask(bench, { ...settings, direction }),
        builtIn: await findMask(bench, settings),
      };
    }
    case 'regularizer': {
      const regularizers = { tv: 0, custom: [checkedTerm(part.term)] };
      return {
        ...seen,
        yours: await findMask(bench, settings, { regularizers }),
        builtIn: await findMask(bench, settings),
      };
    }
    case 'path': {
      const path = { rule: checkedRule(part.rule) };
      return { ...seen, yours: await findMask(bench, settings, { path }), builtIn: await findMask(bench, settings) };
    }
  }
}

async function findMask(
  bench: Bench,
  options: ExplainOptions,
  problemOptions: Partial<ProblemOptions> = {},
): Promise<Finding> {
  const problem = bench.problem(problemOptions);
  const { mask, saliency, final, tieBreak } = await explainToEnd(explain(problem, options));
  const { deletion, insertion } = await deletionInsertion(problem, saliency, { tieBreak });
  problem.dispose();
  const { score, area } = final;
  return { map: mask, score, area, deletion: deletion.auc, insertion: insertion.auc };
}

/** The gradient of the logit by the pixels, and how well its sizes rank them. */
async function gradientMap(
  { subject, backend, problem: makeProblem }: Bench,
  rules: (Part & { readonly kind: 'rules' })['rules'],
): Promise<Finding> {
  const { image, model, target } = subject;
  const [height = 0, width = 0, channels = 1] = image.shape;
  const shape = [1, ...image.shape];
  const images = input('image', shape);
  const [slope] = gradient(scoreOfModel(model, { target, score: 'logit' })(images), [images], { rules });
  const program = compile({ inputs: [images], outputs: { slope } }, backend);
  const { data } = (await program.run({ image: { data: image.data, shape } })).slope;
  program.dispose();
  checkNumbers('gradient', data, height * width * channels);
  const map = new Float32Array(height * width);
  for (const [i, value] of data.entries()) {
    const pixel = Math.floor(i / channels);
    if (Math.abs(value) > Math.abs(map[pixel] ?? 0)) map[pixel] = value;
  }
  const problem = makeProblem();
  const saliency = { data: map.map(Math.abs), shape: [height, width] };
  const { deletion, insertion } = await deletionInsertion(problem, saliency);
  problem.dispose();
  return { map: { data: map, shape: [height, width] }, deletion: deletion.auc, insertion: insertion.auc };
}
