import { broadcastStrides } from '../backends/reference/indexing.ts';
import type { Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import type { ElementwiseName } from '../primitives/attributes.ts';
import { multiplyAddsOf } from '../primitives/define.ts';
import { isElementwise } from '../primitives/elementwise.ts';
import { repeated, repeatedScalar } from './constants.ts';
import type { Section } from './loop.ts';
import type { ChainOperand, ElementwiseChain } from './plan.ts';
import { readersIn } from './rewrite.ts';

/** The nodes that one step computes: at most one op of its own, then elementwise work on its result. */
export interface Cluster {
  /** The last node, whose value the step leaves behind. */
  readonly output: Tensor;
  /** The contraction at its head, if any. */
  readonly head?: Tensor;
  /** Elementwise nodes, inputs first. Empty for a step of one op. */
  readonly chain: readonly Tensor[];
}

/** Whether a node belongs before, into or after the turns of a loop. */
export type SectionOf = (node: Tensor) => Section;

/**
 * Groups a graph of primitives into steps, in an order in which they can run. With `fuses`, an elementwise node joins the
 * step of its readers when they all belong to one step, and a contraction that only one such step reads becomes its head.
 * Nodes of different sections of a loop never share a step.
 */
export function clusterNodes(
  outputs: readonly Tensor[],
  fuses: boolean,
  sectionOf: SectionOf = () => 'before',
): Cluster[] {
  const order = topologicalOrder(outputs);
  const leaders = fuses ? findLeaders(order, outputs, sectionOf) : new Map<Tensor, Tensor>();
  const leaderOf = (node: Tensor) => leaders.get(node) ?? node;
  const members = new Map<Tensor, Tensor[]>(order.map((node) => [node, []]));
  for (const node of order) members.get(leaderOf(node))?.push(node);
  return order.flatMap((node): Cluster[] => {
    if (leaderOf(node) !== node) return [];
    const all = members.get(node) ?? [];
    const chain = fuses ? all.filter(isElementwise) : [];
    const head = all.find((member) => !chain.includes(member));
    return [{ output: node, chain, ...(head && { head }) }];
  });
}

/** For every node that is computed inside another node's step: that other node. */
function findLeaders(order: readonly Tensor[], outputs: readonly Tensor[], sectionOf: SectionOf): Map<Tensor, Tensor> {
  const readers = readersIn(order);
  const leaders = new Map<Tensor, Tensor>();
  const headed = new Set<Tensor>();
  for (const node of order.toReversed()) {
    const reading = readers.get(node) ?? [];
    if (outputs.includes(node) || reading.length === 0 || !reading.every(isElementwise)) continue;
    const [leader, ...others] = new Set(reading.map((reader) => leaders.get(reader) ?? reader));
    if (others.length > 0 || sectionOf(leader) !== sectionOf(node)) continue;
    if (isElementwise(node)) {
      leaders.set(node, leader);
    } else if (multiplyAddsOf(node) > 0 && !headed.has(leader)) {
      leaders.set(node, leader);
      headed.add(leader);
    }
  }
  return leaders;
}

/**
 * Writes a cluster's elementwise nodes as a straight-line program.
 *
 * @param inputOf  gives a tensor that the chain reads a place among the step's inputs
 */
export function writeChain({ chain, head }: Cluster, inputOf: (from: Tensor) => number): ElementwiseChain {
  const operands: ChainOperand[] = [];
  const slots = new Map<Tensor, number>();
  const inside = new Set(chain);
  for (const from of chain.flatMap((node) => node.inputs)) {
    if (inside.has(from) || slots.has(from)) continue;
    slots.set(from, operands.length);
    operands.push(from === head ? { kind: 'result' } : externalOperand(from, inputOf));
  }
  for (const [i, node] of chain.entries()) slots.set(node, operands.length + i);
  const instructions = chain.map((node) => ({
    op: node.op as ElementwiseName,
    args: node.inputs.map((from) => slots.get(from) as number),
  }));
  return { operands, instructions };
}

/** A broadcast is read in place. */
function externalOperand(tensor: Tensor, inputOf: (from: Tensor) => number): ChainOperand {
  const value = repeatedScalar(tensor);
  if (value !== undefined) return { kind: 'literal', value };
  const from = repeated(tensor);
  const strides = broadcastStrides(from.shape, tensor.shape);
  return { kind: 'input', input: inputOf(from), strides, dtype: from.dtype };
}
