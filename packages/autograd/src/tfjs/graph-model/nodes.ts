import { Json, quote } from '../json.ts';
import { checkLimit, type ModelLimits } from '../limits.ts';
import { checkNames } from '../names.ts';

/** Output `output` of the node `node`, written `node` or `node:output` in the file. */
export interface OutputRef {
  readonly node: string;
  readonly output: number;
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** As in `node "pool1" ("MaxPool")`. */
  readonly where: string;
  /** Data inputs; control inputs (`^name`) only order side effects and are left out. */
  readonly inputs: readonly OutputRef[];
  /** The attributes as the file has them, see `readAttribute`. */
  readonly attributes: Json;
}

export type NodeTable = ReadonlyMap<string, GraphNode>;

export function readNodes(list: Json, limits: ModelLimits): NodeTable {
  const entries = list.list();
  checkLimit(limits, 'nodes', [entries.length, 'nodes of the graph']);
  const nodes = entries.map(readNode);
  checkNames(
    nodes.map(({ name }) => name),
    'nodes',
  );
  return new Map(nodes.map((node) => [node.name, node]));
}

function readNode(entry: Json): GraphNode {
  const [name, op] = [entry.at('name').string(), entry.at('op').string()];
  const where = `node ${quote(name)} (${quote(op)})`;
  const inputs = entry
    .at('input')
    .list([])
    .map((input) => input.string());
  return {
    ...{ name, op, where },
    inputs: inputs.filter((input) => !input.startsWith('^')).map(readRef),
    attributes: new Json(entry.at('attr').value, `${where}:`),
  };
}

export function readRef(text: string): OutputRef {
  const [, node = text, output = 0] = /^(.*):(\d{1,9})$/.exec(text) ?? [];
  return { node, output: Number(output) };
}
