import type { Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import { isPrimitive, multiplyAddsOf } from '../primitives/define.ts';
import { sizeOf } from '../shape.ts';

interface Sums {
  /** What is added up over the turns, and what is wanted of every turn. */
  readonly added: readonly Tensor[];
  readonly kept: readonly Tensor[];
  /** All nodes that differ from turn to turn. */
  readonly varying: ReadonlySet<Tensor>;
}

/** Multiply-adds that cost about as much as computing a value of any other op, and as adding one to a total. */
const addsPerValue = 8;
const addsPerSum = 6;

/**
 * Finds what to add up so that a turn has the least to do. Where an output is a linear function L of values v that vary,
 * Σ L(v) = L(Σ v): adding up v takes L out of the loop. Goes back from the outputs as far as ops are linear, and gives
 * the best set of values on the way.
 */
export function hoistSums({ added, kept, varying }: Sums): readonly Tensor[] {
  const frontier = new Set(added);
  let best = { values: [...frontier], work: workOfTurn([...frontier], kept, varying) };
  // Latest first, so that a node is left behind only when all that follows it was.
  for (const node of topologicalOrder(added).reverse()) {
    if (!frontier.has(node) || !isLinear(node, varying)) continue;
    frontier.delete(node);
    for (const from of node.inputs) if (varying.has(from)) frontier.add(from);
    const work = workOfTurn([...frontier], kept, varying);
    if (work < best.work) best = { values: [...frontier], work };
  }
  return best.values;
}

function isLinear({ definition, inputs }: Tensor, varying: ReadonlySet<Tensor>): boolean {
  const varies = inputs.map((from) => varying.has(from));
  return (
    isPrimitive(definition) &&
    definition.linear(varies) &&
    inputs.every(({ dtype }, i) => !varies[i] || dtype === 'float')
  );
}

/** What a turn costs, in multiply-adds: all that varies and is needed, and the additions to the totals. */
function workOfTurn(values: readonly Tensor[], kept: readonly Tensor[], varying: ReadonlySet<Tensor>): number {
  const computed = topologicalOrder([...values, ...kept]).filter((node) => varying.has(node));
  const additions = values.reduce((count, { shape }) => count + sizeOf(shape), 0);
  return computed.reduce((work, node) => work + workOf(node), addsPerSum * additions);
}

/** Reshapes are free, and so are repetitions, which are read in place. */
const freeOps: readonly string[] = ['input', 'reshape', 'broadcast', 'stopGradient'];

function workOf(node: Tensor): number {
  return freeOps.includes(node.op) ? 0 : multiplyAddsOf(node) + addsPerValue * sizeOf(node.shape);
}
