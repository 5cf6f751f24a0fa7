import { dependencyOrder } from '../dependency-order.ts';
import { type Json, quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import type { Port } from '../network.ts';
import { readTensorShape } from './attributes.ts';
import { type GraphNode, type NodeTable, type OutputRef, readRef } from './nodes.ts';

/** A port of a graph model: the name that the signature gives it, and the node output behind it. */
export interface GraphPort extends Port {
  readonly ref: OutputRef;
}

export interface GraphPorts {
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  /** The nodes that the outputs depend on, each after what it reads; nothing behind an input is among them. */
  readonly order: readonly GraphNode[];
}

/**
 * Inputs and outputs of a graph. A file without a signature has the nodes that nobody reads as outputs; a placeholder
 * that the signature leaves out is an input under its own name.
 *
 * @throws ModelError for a cycle, or a reference to no node
 */
export function readSignature(signature: Json, nodes: NodeTable): GraphPorts {
  const named = readPorts(signature.at('outputs'), nodes);
  const outputs = named.length > 0 ? named : unreadNodes(nodes);
  if (outputs.length === 0) throw new ModelError('the graph has no output: every node is read by another');
  const declared = readPorts(signature.at('inputs'), nodes);
  const inputNodes = new Set(declared.map(({ ref }) => ref.node));
  const names = dependencyOrder(
    outputs.map(({ ref }) => ref.node),
    (name) => (inputNodes.has(name) ? [] : nodesRead(nodes.get(name)!, nodes)),
  );
  const order = names.map((name) => nodes.get(name)!);
  const placeholders = order.filter(({ op, name }) => op === 'Placeholder' && !inputNodes.has(name));
  const inputs = [...declared, ...placeholders.map((node) => toPort(node.name, node))];
  if (inputs.length === 0) throw new ModelError('the graph has no input: no output depends on a Placeholder node');
  return { inputs, outputs, order };
}

function nodesRead({ where, inputs }: GraphNode, nodes: NodeTable): string[] {
  return inputs.map(({ node }) => {
    if (nodes.has(node)) return node;
    throw new ModelError(`${where} reads ${quote(node)}, which is no node of the graph`);
  });
}

function readPorts(ports: Json, nodes: NodeTable): GraphPort[] {
  if (!ports.present) return [];
  return ports.entries().map(([name, port]) => {
    const ref = readRef(port.at('name').string());
    const node = nodes.get(ref.node);
    if (!node) throw port.at('name').error('a node of the graph');
    return { ...toPort(name, node, readTensorShape(port.at('tensorShape'))), ref };
  });
}

function toPort(name: string, node: GraphNode, shape = readTensorShape(node.attributes.at('shape').at('shape'))) {
  return { name, shape: shape ?? [], ref: { node: node.name, output: 0 } };
}

function unreadNodes(nodes: NodeTable): GraphPort[] {
  const read = new Set([...nodes.values()].flatMap(({ inputs }) => inputs.map(({ node }) => node)));
  return [...nodes.values()].filter(({ name }) => !read.has(name)).map((node) => toPort(node.name, node));
}
