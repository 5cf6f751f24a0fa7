import { input, isInput, type Tensor } from '../graph/tensor.ts';
import { dependentsOf, topologicalOrder } from '../graph/topology.ts';
import { hoistSums } from './hoist-sums.ts';
import { type Draft, replaceNodes } from './rewrite.ts';

/** A program that goes through its graph several times in one run, and adds up what comes out. */
export interface LoopRequest<Name extends string = string> {
  /** Inputs that differ from turn to turn. A run takes them stacked along a new first axis, `[turns, ...shape]`. */
  readonly each: readonly Tensor[];
  /** Outputs that are added up over the turns, in float32 on fast backends; all others come stacked. */
  readonly sums?: readonly Name[];
  /** Most turns of a run, at least 1. */
  readonly turns: number;
  /**
   * Whether a sum is taken as early as the ops that follow are linear, so that these run once instead of once a turn:
   * Σ L(v) = L(Σ v). Changes last bits only. Default: true.
   */
  readonly hoist?: boolean;
}

/** A value that is added up over the turns, and the leaf that stands for its total afterwards. */
export interface Carry {
  readonly value: Tensor;
  readonly total: Tensor;
}

/** A loop on its way to a plan. */
export interface DraftLoop {
  readonly turns: number;
  readonly each: readonly Tensor[];
  readonly carries: readonly Carry[];
  /** Which of the outputs come once for each turn. */
  readonly stacked: readonly boolean[];
}

/** The part of a run that a node belongs to. */
export type Section = 'before' | 'turn' | 'after';

/** Where each node belongs: into the turns if it varies, after them if it depends on a total. */
export function sectionsOf(targets: readonly Tensor[], { each, carries }: DraftLoop): (node: Tensor) => Section {
  const order = topologicalOrder(targets);
  const varying = dependentsOf(each, order);
  const after = dependentsOf(
    carries.map(({ total }) => total),
    order,
  );
  return (node) => (varying.has(node) ? 'turn' : after.has(node) ? 'after' : 'before');
}

/** Splits the outputs of a loop: what to add up over its turns, and what to make of the totals afterwards. */
export function splitLoop<Name extends string>(
  draft: Draft,
  names: readonly Name[],
  { each, sums = [], turns, hoist = true }: LoopRequest<Name>,
): { readonly draft: Draft; readonly loop: DraftLoop } {
  const varying = dependentsOf(each, topologicalOrder(draft.outputs));
  const stacked = names.map((name) => !sums.includes(name));
  const kept = draft.outputs.filter((_, i) => stacked[i]);
  const added = draft.outputs.filter((_, i) => !stacked[i]);
  const values = hoist ? hoistSums({ added, kept, varying }) : [...new Set(added)];
  const carries = values.map((value): Carry => ({ value, total: input('total', value.shape) }));
  const after = replaceNodes(draft, new Map(carries.map(({ value, total }) => [value, total])));
  return {
    draft: { ...after, outputs: draft.outputs.map((output, i) => (stacked[i] ? output : after.outputs[i])) },
    loop: { turns, each, carries, stacked },
  };
}

/** @throws Error for a loop that cannot be run */
export function checkLoop<Name extends string>(
  outputs: Readonly<Record<Name, Tensor>>,
  inputs: readonly Tensor[],
  { each, sums = [], turns }: LoopRequest<Name>,
): void {
  if (!Number.isInteger(turns) || turns < 1) {
    throw new Error(`a loop needs a whole number of turns, at least 1, got ${turns}`);
  }
  if (each.length === 0) throw new Error('a loop needs an input that differs from turn to turn');
  const stranger = each.find((leaf) => !isInput(leaf) || !inputs.includes(leaf));
  if (stranger)
    throw new Error(`a loop's inputs must be inputs of the program, '${stranger.attrs.name ?? stranger.op}' is none`);
  const unknown = sums.find((name) => !Object.hasOwn(outputs, name));
  if (unknown !== undefined) throw new Error(`a loop cannot add up '${unknown}', which is no output`);
  const varying = dependentsOf(each, topologicalOrder(Object.values<Tensor>(outputs)));
  const fixed = sums.find((name) => !varying.has(outputs[name]) || outputs[name].dtype !== 'float');
  if (fixed !== undefined) throw new Error(`a loop cannot add up '${fixed}': it is the same in every turn`);
}
