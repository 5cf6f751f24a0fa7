import type { Tensor } from '../../graph/tensor.ts';
import { ShapeError } from '../../shape.ts';
import { dependencyOrder } from '../dependency-order.ts';
import { type Json, quote } from '../json.ts';
import type { ModelLimits } from '../limits.ts';
import { ModelError } from '../model-error.ts';
import type { BuiltNetwork, Network } from '../network.ts';
import { batchOf, checkElements } from '../result-size.ts';
import type { WeightTable } from '../weight-table.ts';
import { type GraphNode, type OutputRef, readNodes } from './nodes.ts';
import { OpCall } from './op-call.ts';
import { isFusedStep } from './ops/activation.ts';
import { graphOps } from './ops/index.ts';
import { reachable } from './reachable.ts';
import { type GraphPort, readSignature } from './signature.ts';

export interface GraphModelParts {
  /** `modelTopology`, which has a list `node`. */
  readonly topology: Json;
  readonly signature: Json;
  readonly weights: WeightTable;
  readonly limits: ModelLimits;
}

/**
 * Reads a graph model: a frozen TensorFlow graph as `tensorflowjs_converter` writes it.
 *
 * @throws ModelError for a cycle, a reference to no node, or ops that are not known, all of them at once
 */
export function readGraphModel({ topology, signature, weights, limits }: GraphModelParts): Network {
  const nodes = readNodes(topology.at('node'), limits);
  const { inputs, outputs } = readSignature(signature, nodes);
  const roots = outputs.map(({ ref }) => ref.node);
  const inputNodes = new Map(inputs.map((port) => [port.ref.node, port.name]));
  checkOps(reachable(nodes, roots).filter(({ name }) => !inputNodes.has(name)));
  const inputsOf = (name: string) => (inputNodes.has(name) ? [] : nodes.get(name)!.inputs);
  const order = dependencyOrder(roots, (name) => inputsOf(name).map(({ node }) => node)).map(
    (name) => nodes.get(name)!,
  );

  const build = (given: ReadonlyMap<string, Tensor>): BuiltNetwork => {
    const builder = { weights, limits, batch: batchOf(given.values()) };
    const values = new Map<string, readonly Tensor[]>();
    const read = ({ node, output }: OutputRef, reader: string): Tensor => {
      const tensor = values.get(node)?.[output];
      if (!tensor)
        throw new ModelError(`${reader} reads ${quote(`${node}:${output}`)}, an output that it does not have`);
      return tensor;
    };
    for (const node of order) {
      const port = inputNodes.get(node.name);
      const inputs = inputsOf(node.name).map((ref) => read(ref, `node ${quote(node.name)}`));
      values.set(node.name, port === undefined ? buildNode(node, inputs, builder) : [given.get(port)!]);
    }
    const built = outputs.map((port) => [port.name, read(port.ref, 'the signature')] as const);
    return { outputs: new Map(built), find: (name) => values.get(name)?.[0] };
  };
  return {
    format: 'graph-model',
    inputs: inputs.map(toPort),
    outputs: outputs.map(toPort),
    ops: countOps(order),
    build,
  };
}

interface NodeBuilder {
  readonly weights: WeightTable;
  readonly limits: ModelLimits;
  readonly batch: number;
}

function buildNode(node: GraphNode, inputs: readonly Tensor[], builder: NodeBuilder): readonly Tensor[] {
  if (node.op === 'Const') {
    const weight = builder.weights.tensor(node.name);
    if (!weight) throw new ModelError(`node ${quote(node.name)} (Const) has no weight in the weights manifest`);
    return [weight];
  }
  const call = new OpCall(node, inputs);
  try {
    const result = graphOps.get(node.op)!(call);
    const tensors = 'op' in result ? [result] : result;
    for (const tensor of tensors) checkElements(tensor, builder.batch, builder.limits);
    return tensors;
  } catch (cause) {
    if (cause instanceof ShapeError) throw call.error(`does not fit its inputs: ${cause.message}`, cause);
    throw cause;
  }
}

/** Lists everything that cannot be read in one error, with a node each to find it by. */
function checkOps(nodes: readonly GraphNode[]): void {
  const unknown = new Map<string, string>();
  for (const { name, op, attrs } of nodes) {
    if (op !== 'Const' && op !== 'Placeholder' && !graphOps.has(op)) unknown.set(op, name);
    if (!op.startsWith('_Fused') && !op.startsWith('Fused')) continue;
    for (const step of attrs.strings('fused_ops')) if (!isFusedStep(step)) unknown.set(`${op} with ${step}`, name);
  }
  if (unknown.size === 0) return;
  const list = [...unknown].map(([op, name]) => `${quote(op)} (node ${quote(name)})`);
  const count = list.length === 1 ? 'an op that is' : `${list.length} ops that are`;
  throw new ModelError(`the graph uses ${count} not supported: ${list.join(', ')}`);
}

function countOps(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { op } of nodes) {
    if (op !== 'Const' && op !== 'Placeholder') counts.set(op, (counts.get(op) ?? 0) + 1);
  }
  return counts;
}

function toPort({ name, shape }: GraphPort) {
  return { name, shape };
}
