import type { Json } from '../json.ts';
import { checkLimit, type ModelLimits } from '../limits.ts';
import { checkNames } from '../names.ts';
import type { Network } from '../network.ts';
import { createNetwork, type PortRef, type Step } from '../steps.ts';
import type { WeightTable } from '../weight-table.ts';
import { readTensorShape } from './attributes.ts';
import { readNode, readRef } from './nodes.ts';
import { graphOps } from './ops/index.ts';

export interface GraphModelParts {
  /** `modelTopology`, which has a list `node`. */
  readonly topology: Json;
  readonly signature: Json;
  readonly weights: WeightTable;
  readonly limits: ModelLimits;
}

/**
 * Reads a graph model: a frozen TensorFlow graph as `tensorflowjs_converter` writes it. A file without a signature has
 * the nodes that nobody reads as outputs.
 */
export function readGraphModel({ topology, signature, weights, limits }: GraphModelParts): Network {
  const entries = topology.at('node').list();
  checkLimit(limits, 'nodes', [entries.length, 'nodes of the graph']);
  const nodes = entries.map((entry) => readNode(entry, weights));
  checkNames(nodes, 'nodes');
  const outputs = readPorts(signature.at('outputs'));
  return createNetwork({
    format: 'graph-model',
    steps: new Map(nodes.map((node) => [node.key, node])),
    inputs: readPorts(signature.at('inputs')),
    outputs: outputs.length > 0 ? outputs : unreadNodes(nodes),
    table: graphOps,
    limits,
  });
}

function readPorts(ports: Json): PortRef[] {
  if (!ports.present) return [];
  return ports.entries().map(([name, port]) => {
    return { name, ...readRef(port.at('name').string()), shape: readTensorShape(port.at('tensorShape')) };
  });
}

function unreadNodes(nodes: readonly Step[]): PortRef[] {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs.map(({ key }) => key)));
  return nodes.filter(({ key }) => !read.has(key)).map(({ key, name }) => ({ key, name, output: 0 }));
}
