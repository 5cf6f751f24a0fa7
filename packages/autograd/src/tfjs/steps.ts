import type { Tensor } from '../graph/tensor.ts';
import { dependencyOrder } from '../graph/topology.ts';
import { quote } from './json.ts';
import type { ModelLimits } from './limits.ts';
import { ModelError } from './model-error.ts';
import type { Network, Port } from './network.ts';
import { batchOf, type ResultBounds } from './result-size.ts';

/** Output `output` of the step with this key. */
export interface StepRef {
  readonly key: string;
  readonly output: number;
}

/** A node of a graph, or a call of a layer: what both formats come down to. */
export interface Step {
  readonly key: string;
  /** Name of the node or layer. */
  readonly name: string;
  /** Op of the node, or class of the layer. */
  readonly op: string;
  /** Both, as errors say them: `node "pool1" ("MaxPool")`. */
  readonly where: string;
  readonly inputs: readonly StepRef[];
  /** Of what is not built but given to the network. */
  readonly shape?: Port['shape'];
  /** Absent where nothing is known of the op. */
  readonly build?: (inputs: readonly Tensor[], bounds: ResultBounds) => readonly Tensor[];
  /** What of a known op is not supported, such as an activation. */
  readonly unsupported?: string;
}

/** An input or output of the network: the step behind it, which has its shape where the port has none. */
export interface PortRef extends StepRef {
  readonly name: string;
  readonly shape?: Port['shape'] | undefined;
}

export interface NetworkParts extends Pick<Network, 'format' | 'name'> {
  readonly steps: ReadonlyMap<string, Step>;
  /** What is given in place of steps; a step that has to be given and is not among them is added under its own name. */
  readonly inputs: readonly PortRef[];
  readonly outputs: readonly PortRef[];
  /** The ops that are counted. */
  readonly table: ReadonlyMap<string, unknown>;
  readonly limits: ModelLimits;
}

/**
 * The network that gives these outputs.
 *
 * @throws ModelError for a cycle, a reference to no step, or steps that are not supported, all of them at once
 */
export function createNetwork({ steps, outputs, table, limits, ...parts }: NetworkParts): Network {
  const stepsRead = (reader: string, refs: readonly StepRef[]) =>
    refs.map(({ key }) => {
      const step = steps.get(key);
      if (!step) throw new ModelError(`${reader} reads ${quote(key)}, which is not in the model`);
      return step;
    });
  const declared = new Set(stepsRead('the model', parts.inputs));
  const dependencies = (step: Step) => (declared.has(step) ? [] : stepsRead(step.where, step.inputs));
  const order = dependencyOrder(stepsRead('the model', outputs), dependencies, refuseCycle);
  const others = order.filter((step) => !declared.has(step));
  const open = others.filter(({ shape }) => shape);
  const ops = others.filter(({ shape }) => !shape);
  const inputs: readonly PortRef[] = [...parts.inputs, ...open.map(({ key, name }) => ({ key, name, output: 0 }))];
  if (inputs.length === 0 || outputs.length === 0) throw new ModelError('the model has no output that needs an input');
  checkSupported(ops);

  const build = (given: ReadonlyMap<string, Tensor>) => {
    const bounds = { limits, batch: batchOf(given.values()) };
    const values = new Map<string, readonly Tensor[]>(inputs.map(({ key, name }) => [key, [given.get(name)!]]));
    const read = ({ key, output }: StepRef, reader: string): Tensor => {
      const tensor = values.get(key)?.[output];
      if (tensor) return tensor;
      throw new ModelError(`${reader} reads ${quote(`${key}:${output}`)}, an output that it does not have`);
    };
    for (const { key, where, inputs, build } of ops) {
      const tensors = inputs.map((ref) => read(ref, where));
      values.set(key, build!(tensors, bounds));
    }
    return {
      outputs: new Map(outputs.map((port) => [port.name, read(port, 'the model')])),
      find: (name: string | undefined) => values.get(order.find((step) => step.name === name)?.key ?? '')?.[0],
    };
  };
  const toPort = ({ key, name, shape }: PortRef) => ({ name, shape: shape ?? steps.get(key)?.shape ?? [] });
  return { ...parts, inputs: inputs.map(toPort), outputs: outputs.map(toPort), ops: countUses(ops, table), build };
}

/** Names the steps of a cycle, in the direction that data would flow. */
function refuseCycle(path: readonly Step[]): never {
  const keys = path.map(({ key }) => key);
  const cycle = keys.slice(keys.indexOf(keys[keys.length - 1])).reverse();
  const names = cycle.map((name) => quote(name));
  const shown = names.length > 8 ? [...names.slice(0, 7), '...', names[0]] : names;
  throw new ModelError(`the model has a cycle: ${shown.join(' -> ')}`);
}

/** Lists everything that cannot be read in one error: of each kind, a place to find it at. */
function checkSupported(steps: readonly Step[]): void {
  const wrong = steps.filter(({ build, unsupported }) => !build || unsupported !== undefined);
  if (wrong.length === 0) return;
  const kinds = [...new Map(wrong.map((step) => [`${step.op} ${step.unsupported ?? ''}`, step])).values()];
  const places = kinds.map(({ where, unsupported }) => {
    return unsupported === undefined ? where : `${where} with ${quote(unsupported)}`;
  });
  const parts = kinds.map(({ name, op, unsupported: detail }) => {
    return { name, op, ...(detail !== undefined && { detail }) };
  });
  throw new ModelError(`the model uses what is not supported: ${places.join(', ')}`, {
    fault: { kind: 'unsupported', parts },
  });
}

/** How often each op of a table is used. */
function countUses(steps: readonly Step[], table: ReadonlyMap<string, unknown>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { op } of steps) {
    if (table.has(op)) counts.set(op, (counts.get(op) ?? 0) + 1);
  }
  return counts;
}
