import type { Backend } from '../backend.ts';
import { isInput, type Tensor } from '../graph/tensor.ts';
import { partsOf, topologicalOrder } from '../graph/topology.ts';
import { buildPlan } from './build-plan.ts';
import { expandComposites } from './expand.ts';
import { foldConstants } from './fold-constants.ts';
import { foldScales } from './fold-scales.ts';
import { checkLoop, type LoopRequest, splitLoop } from './loop.ts';
import { makeProgram, type Program } from './program.ts';
import type { Draft, Pass } from './rewrite.ts';
import { simplify } from './simplify.ts';

export interface CompileRequest<Name extends string = string> {
  /** Leaves that get a value at each run. May be left out: then all that the outputs depend on. */
  readonly inputs?: readonly Tensor[];
  readonly outputs: Readonly<Record<Name, Tensor>>;
  /** Names that some nodes have in the steps of the plan, in place of that of their op: to find them there. */
  readonly labels?: ReadonlyMap<Tensor, string>;
  /** Goes through the graph several times in one run. Needs a backend that `loops`. */
  readonly loop?: LoopRequest<NoInfer<Name>>;
}

/** From what was written to what will run, in this order. Steps, fusing and buffers follow in `buildPlan`. */
const passes: readonly Pass[] = [
  expandComposites,
  foldConstants,
  simplify,
  foldScales,
  foldConstants,
  simplify,
  foldConstants,
];

/**
 * Turns a graph into a program for one backend. Forward and backward passes that are compiled together share their
 * common nodes.
 *
 * @throws Error when an output depends on an input that is not listed, what is listed is no input, or two share a name;
 *   for a loop that cannot be run, or not on this backend
 */
export function compile<Name extends string>(
  { inputs, outputs, labels = new Map(), loop }: CompileRequest<Name>,
  backend: Backend,
): Program<Name> {
  const names = Object.keys(outputs) as Name[];
  const targets = Object.values<Tensor>(outputs);
  const leaves = topologicalOrder(targets, partsOf).filter(isInput);
  const listed = inputs ?? leaves;
  checkInputs(listed, leaves);
  if (loop) checkLoop(outputs, listed, loop);
  if (loop && !backend.loops) throw new Error(`backend ${backend.name} runs no loops; give it a batch instead`);
  const start: Draft = { outputs: targets, labels };
  const draft = passes.reduce((current, pass) => pass(current), start);
  const { draft: drawn, noise } = backend.hostNoise?.(draft, backend.name) ?? { draft, noise: [] };
  const parts = loop ? splitLoop(drawn, names, loop) : { draft: drawn };
  const given = [...listed, ...noise.map(({ leaf }) => leaf)];
  const plan = buildPlan({ ...parts, inputs: given, names, fuses: backend.fuses });
  return makeProgram(plan, { backend: backend.name, executable: backend.load(plan), noise });
}

function checkInputs(listed: readonly Tensor[], leaves: readonly Tensor[]): void {
  const computed = listed.find((each) => !isInput(each));
  if (computed) throw new Error(`compile needs inputs made by input(), got '${computed.op}'`);
  const missing = leaves.find((leaf) => !listed.includes(leaf));
  if (missing) throw new Error(`the outputs depend on input '${missing.attrs.name}', which is not listed`);
  const names = listed.map((leaf) => leaf.attrs.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two inputs are called '${twice}'`);
}
