import { buildCall } from '../call.ts';
import { Json, quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import type { Step, StepRef } from '../steps.ts';
import type { WeightTable } from '../weight-table.ts';
import { readAttribute, readTensorShape } from './attributes.ts';
import { OpCall } from './op-call.ts';
import { isFusedStep } from './ops/activation.ts';
import { graphOps } from './ops/index.ts';

/** A node as a step. Control inputs (`^name`) only order side effects and are left out. */
export function readNode(entry: Json, weights: WeightTable): Step {
  const [name, op] = [entry.at('name').string(), entry.at('op').string()];
  const where = `node ${quote(name)} (${quote(op)})`;
  const inputs = entry
    .at('input')
    .list([])
    .map((input) => input.string());
  const step = { key: name, name, op, where, inputs: inputs.filter((input) => !input.startsWith('^')).map(readRef) };
  const attributes = new Json(entry.at('attr').value, `${where}:`);
  if (op === 'Placeholder') return { ...step, shape: readTensorShape(attributes.at('shape').at('shape')) ?? [] };
  if (op === 'Const') return { ...step, build: () => [constantOf(step, weights)] };
  const builder = graphOps.get(op);
  if (!builder) return step;
  const option = (key: string) => readAttribute(attributes, key);
  const unknown = option('fused_ops')
    .list([])
    .find((fused) => !isFusedStep(fused.string()));
  return {
    ...step,
    ...(unknown && { unsupported: unknown.string() }),
    build: (tensors, bounds) => buildCall(new OpCall(tensors, where, option), builder, bounds),
  };
}

/** An output is written `node` or `node:output`. */
export function readRef(text: string): StepRef {
  const [, key = text, output = 0] = /^(.*):(\d{1,9})$/.exec(text) ?? [];
  return { key, output: Number(output) };
}

function constantOf({ name, where }: Step, weights: WeightTable) {
  const weight = weights.tensor(name);
  if (!weight) throw new ModelError(`${where} has no weight in the weights manifest`);
  return weight;
}
