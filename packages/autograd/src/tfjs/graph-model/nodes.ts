import { type Json, quote } from '../json.ts';
import type { ModelLimits } from '../limits.ts';
import { ModelError } from '../model-error.ts';
import { Attributes } from './attributes.ts';

/** Output `output` of the node `node`, written `node` or `node:output` in the file. */
export interface OutputRef {
  readonly node: string;
  readonly output: number;
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Data inputs; control inputs (`^name`) only order side effects and are left out. */
  readonly inputs: readonly OutputRef[];
  readonly attrs: Attributes;
}

export type NodeTable = ReadonlyMap<string, GraphNode>;

export function readNodes(list: Json, limits: ModelLimits): NodeTable {
  const entries = list.list();
  if (entries.length > limits.nodes) {
    throw new ModelError(`the graph has ${entries.length} nodes; the limit is ${limits.nodes} (limits.nodes)`);
  }
  const nodes = new Map<string, GraphNode>();
  for (const entry of entries) {
    const name = entry.at('name').string();
    if (nodes.has(name)) throw new ModelError(`two nodes are called ${quote(name)}; names must be unique`);
    const inputs = entry
      .at('input')
      .list([])
      .map((input) => input.string())
      .filter((input) => !input.startsWith('^'))
      .map(readRef);
    nodes.set(name, { name, op: entry.at('op').string(), inputs, attrs: new Attributes(entry.at('attr')) });
  }
  return nodes;
}

export function readRef(text: string): OutputRef {
  const match = /^(.*):(\d{1,9})$/.exec(text);
  return match ? { node: match[1], output: Number(match[2]) } : { node: text, output: 0 };
}
