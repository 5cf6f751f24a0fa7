import { type ExplainOptions, explain, explainToEnd, type MaskProblem } from 'igos';
import { checkAgreement } from './agreement.ts';
import type { Case } from './alternate.ts';
import { decodeFloats, type Torch, type TorchReply } from './peers/torch.ts';
import { describeForTorch, type Subject } from './subjects.ts';

/** An explanation as a case, and what one run of it was. */
export interface Explanation {
  readonly timed: Case;
  readonly facts: RunFacts;
  /** Direction of the score in the first iteration, one number a cell. */
  readonly firstDirection: ArrayLike<number>;
}

/** The objective decides how a run goes on, so two programs that round differently need not do the same amount of work. */
interface RunFacts {
  readonly iterations: number;
  /** Images through the network, and back. */
  readonly forwards: number;
  readonly gradients: number;
  /** At the end. */
  readonly score: number;
  readonly objective: number;
}

/** A run of ours on a problem whose programs stay compiled: from its start to its last step, as the peers run it. */
export async function ourExplanation(
  problem: MaskProblem,
  { name, options = {}, flopPerPass }: { name: string; options?: ExplainOptions; flopPerPass?: number },
): Promise<Explanation> {
  const { facts, firstDirection } = await runOnce(problem, options);
  const flop = flopPerPass !== undefined && { flop: flopPerPass * (facts.forwards + facts.gradients) };
  const run = async () => (await runOnce(problem, options)).milliseconds;
  return { facts, firstDirection, timed: { name, ...flop, run } };
}

/**
 * After its last step a run finds one more direction, which orders equal pixels for the metrics. Peers have none, so it
 * counts neither as time nor as work.
 */
async function runOnce(problem: MaskProblem, options: ExplainOptions): Promise<Run> {
  let firstDirection: ArrayLike<number> = [];
  const [started, before] = [performance.now(), problem.counts];
  let [ended, after] = [started, before];
  const { iterations, final } = await explainToEnd(explain(problem, options), ({ k, scoreDirection }) => {
    if (k === 0) firstDirection = scoreDirection;
    [ended, after] = [performance.now(), problem.counts];
  });
  const [forwards, gradients] = [after.forward - before.forward, after.gradient - before.gradient];
  return {
    facts: { iterations, forwards, gradients, score: final.score, objective: final.objective },
    ...{ firstDirection, milliseconds: ended - started },
  };
}

interface Run {
  readonly facts: RunFacts;
  readonly firstDirection: ArrayLike<number>;
  readonly milliseconds: number;
}

export interface TorchOrder {
  /** All path points of an iteration at once, or one after the other as the authors do. */
  readonly batched: boolean;
  readonly layout: 'channels-last' | 'default';
  readonly threads: number;
}

/** A whole run in torch. */
export async function torchExplanation(torch: Torch, subject: Subject, order: TorchOrder): Promise<Explanation> {
  const { batched, layout, threads } = order;
  const name = `${subject.name} ${layout}`;
  await torch.ask({ do: 'open', name, layout, ...describeForTorch(subject) });
  const question = { do: 'explain', name, batched, threads };
  const reply = await torch.ask<TorchReply & RunFacts & { firstDirection: string }>({ ...question, values: true });
  const { iterations, forwards, gradients, score, objective } = reply;
  return {
    facts: { iterations, forwards, gradients, score, objective },
    firstDirection: decodeFloats(reply.firstDirection),
    timed: {
      name: `torch, ${batched ? 'batched' : "authors' order"}, ${layout}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      run: async () => (await torch.ask(question)).milliseconds,
    },
  };
}

/** Objectives at the end differ this much between precisions and orders of work of one program. */
const objectiveTolerance = 0.01;

/**
 * Holds a peer's run to ours: the same first direction, and as good an end.
 * @throws Error naming the peer
 */
export function checkExplanation(theirs: Explanation, ours: Explanation): void {
  const { name } = theirs.timed;
  checkAgreement(name, [theirs.firstDirection, ours.firstDirection], 2e-2);
  if (Math.abs(theirs.facts.objective - ours.facts.objective) <= objectiveTolerance) return;
  throw new Error(`${name} ends at an objective of ${theirs.facts.objective}, we at ${ours.facts.objective}`);
}

/** What a run did, in words. */
export function describeRun({ timed, facts }: Explanation): string {
  const { iterations, forwards, gradients, score } = facts;
  return `${timed.name}: ${iterations} iterations, ${forwards} images forward, ${gradients} back, score at the end ${score.toFixed(4)}`;
}
