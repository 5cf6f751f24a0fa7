import type { Tensor } from '../../graph/tensor.ts';
import { buildCall } from '../call.ts';
import { type Json, quote } from '../json.ts';
import type { ModelLimits } from '../limits.ts';
import { ModelError } from '../model-error.ts';
import type { BuiltNetwork, Network } from '../network.ts';
import { batchOf } from '../result-size.ts';
import { checkSupported, countUses } from '../unsupported.ts';
import type { WeightTable } from '../weight-table.ts';
import { readAttribute } from './attributes.ts';
import { type GraphNode, type OutputRef, readNodes } from './nodes.ts';
import { OpCall } from './op-call.ts';
import { isFusedStep } from './ops/activation.ts';
import { graphOps } from './ops/index.ts';
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
  const { inputs, outputs, order } = readSignature(signature, nodes);
  const inputNames = new Map(inputs.map(({ name, ref }) => [ref.node, name]));
  checkOps(order.filter(({ name }) => !inputNames.has(name)));

  const build = (given: ReadonlyMap<string, Tensor>): BuiltNetwork => {
    const bounds = { limits, batch: batchOf(given.values()) };
    const values = new Map<string, readonly Tensor[]>();
    const readOutput = ({ node, output }: OutputRef, reader: string): Tensor => {
      const tensor = values.get(node)?.[output];
      if (tensor) return tensor;
      throw new ModelError(`${reader} reads ${quote(`${node}:${output}`)}, an output that it does not have`);
    };
    const buildNode = (node: GraphNode): readonly Tensor[] => {
      const input = inputNames.get(node.name);
      if (input !== undefined) return [given.get(input)!];
      if (node.op === 'Const') return [constantOf(node, weights)];
      const tensors = node.inputs.map((ref) => readOutput(ref, node.where));
      return buildCall(new OpCall(node, tensors), graphOps.get(node.op)!, bounds);
    };
    for (const node of order) values.set(node.name, buildNode(node));
    const built = outputs.map(({ name, ref }) => [name, readOutput(ref, 'the signature')] as const);
    return { outputs: new Map(built), find: (name) => values.get(name)?.[0] };
  };
  return {
    format: 'graph-model',
    inputs: inputs.map(toPort),
    outputs: outputs.map(toPort),
    ops: countUses(
      order.map(({ op }) => op),
      graphOps,
    ),
    build,
  };
}

function constantOf({ name, where }: GraphNode, weights: WeightTable): Tensor {
  const weight = weights.tensor(name);
  if (!weight) throw new ModelError(`${where} has no weight in the weights manifest`);
  return weight;
}

function checkOps(nodes: readonly GraphNode[]): void {
  const unsupported = new Map<string, string>();
  for (const { op, where, attributes } of nodes) {
    if (op === 'Const') continue;
    if (!graphOps.has(op)) unsupported.set(op, where);
    for (const step of readAttribute(attributes, 'fused_ops').list([])) {
      if (!isFusedStep(step.string())) unsupported.set(`${op} ${step.value}`, `${where} with ${quote(step.value)}`);
    }
  }
  checkSupported(unsupported);
}

function toPort({ name, shape }: GraphPort) {
  return { name, shape };
}
