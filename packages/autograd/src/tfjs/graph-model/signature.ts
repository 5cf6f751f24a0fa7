import { type Json, quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import type { Port } from '../network.ts';
import { readTensorShape } from './attributes.ts';
import { type NodeTable, type OutputRef, readRef } from './nodes.ts';
import { reachable } from './reachable.ts';

/** A port of a graph model: the name that the signature gives it, and the node output behind it. */
export interface GraphPort extends Port {
  readonly ref: OutputRef;
}

export interface GraphPorts {
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
}

/**
 * Inputs and outputs of a graph. A file without a signature has the nodes that nobody reads as outputs; a placeholder
 * that the signature leaves out is an input under its own name.
 */
export function readSignature(signature: Json, nodes: NodeTable): GraphPorts {
  const named = readPorts(signature.at('outputs'), nodes);
  const outputs = named.length > 0 ? named : unreadNodes(nodes);
  if (outputs.length === 0) throw new ModelError('the graph has no output: every node is read by another');
  const needed = reachable(
    nodes,
    outputs.map(({ ref }) => ref.node),
  );
  const declared = readPorts(signature.at('inputs'), nodes);
  const inputs = [...declared];
  for (const node of needed) {
    if (node.op !== 'Placeholder' || declared.some(({ ref }) => ref.node === node.name)) continue;
    inputs.push({ name: node.name, shape: node.attrs.shape('shape') ?? [], ref: { node: node.name, output: 0 } });
  }
  if (inputs.length === 0) throw new ModelError('the graph has no input: no output depends on a Placeholder node');
  return { inputs, outputs };
}

function readPorts(ports: Json, nodes: NodeTable): GraphPort[] {
  if (!ports.present) return [];
  return ports.entries().map(([name, port]) => {
    if (name === '__proto__') throw port.error('a port whose name is no JavaScript internal');
    const ref = readRef(port.at('name').string());
    const node = nodes.get(ref.node);
    if (!node) throw new ModelError(`the signature names ${quote(ref.node)}, which is no node of the graph`);
    const shape = readTensorShape(port.at('tensorShape')) ?? node.attrs.shape('shape') ?? [];
    return { name, shape, ref };
  });
}

function unreadNodes(nodes: NodeTable): GraphPort[] {
  const read = new Set([...nodes.values()].flatMap(({ inputs }) => inputs.map(({ node }) => node)));
  const unread = [...nodes.keys()].filter((name) => !read.has(name) && name !== '__proto__');
  return unread.map((name) => ({ name, shape: [], ref: { node: name, output: 0 } }));
}
