import { isConstant, isInput, type Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import { isPrimitive } from '../primitives/define.ts';
import { sizeOf } from '../shape.ts';
import { assignBuffers } from './buffers.ts';
import { type Cluster, clusterNodes, writeChain } from './fuse.ts';
import type { ChainOperand, ElementwiseChain, Plan, PlanStep, PlanValue, StepName } from './plan.ts';
import type { Draft } from './rewrite.ts';

type DraftValue = Omit<PlanValue, 'buffer'> & { readonly sharesWith?: number };

export interface PlanRequest {
  readonly draft: Draft;
  readonly inputs: readonly Tensor[];
  /** Names of the draft's outputs, in their order. */
  readonly names: readonly string[];
  readonly fuses: boolean;
}

/** Lists the steps of a graph of primitives, names their values and shares out buffers. */
export function buildPlan({ draft, inputs, names, fuses }: PlanRequest): Plan {
  const values: DraftValue[] = [];
  const ids = new Map<Tensor, number>();
  const idOf = (node: Tensor): number => {
    const known = ids.get(node);
    if (known !== undefined) return known;
    const sharesWith = node.op === 'reshape' ? idOf(node.inputs[0]) : undefined;
    const id = values.length;
    const source = isInput(node) ? 'input' : isConstant(node) ? 'constant' : 'step';
    values.push({
      id,
      shape: node.shape,
      dtype: node.dtype,
      source: sharesWith === undefined ? source : values[sharesWith].source,
      ...(source === 'input' && { name: node.attrs.name as string }),
      ...(source === 'constant' && { constant: node }),
      ...(sharesWith !== undefined && { sharesWith }),
    });
    ids.set(node, id);
    return id;
  };
  const sizeOfValue = (id: number) => sizeOf(values[id].shape);
  const inputIds = inputs.map(idOf);
  const steps = stepsOf(draft, fuses).map((cluster) => writeStep(cluster, { idOf, sizeOfValue, labels: draft.labels }));
  const outputs = draft.outputs.map((node, i) => ({ name: names[i], value: idOf(node) }));
  const { buffers, bufferOf } = assignBuffers(values, {
    steps,
    outputs: outputs.map(({ value }) => value),
    inputs: inputIds,
  });
  return {
    values: values.map(({ sharesWith: _, ...value }) => ({ ...value, buffer: bufferOf[value.id] })),
    steps,
    inputs: inputIds,
    outputs,
    buffers,
    multiplyAdds: steps.reduce((sum, step) => sum + step.multiplyAdds, 0),
    peakBytes: 4 * buffers.reduce((sum, size) => sum + size, 0),
  };
}

/** Leaves and reshapes take no step, and neither does a broadcast that is only read in place, by chains. */
function stepsOf({ outputs }: Draft, fuses: boolean): Cluster[] {
  const clusters = clusterNodes(outputs, fuses);
  const chainsRead = new Set(clusters.flatMap(({ chain }) => chain));
  const stored = new Set(outputs);
  for (const node of topologicalOrder(outputs)) {
    if (!chainsRead.has(node)) for (const from of node.inputs) stored.add(from);
  }
  return clusters.filter(({ output }) => {
    if (isConstant(output) || isInput(output) || output.op === 'reshape') return false;
    return output.op !== 'broadcast' || stored.has(output);
  });
}

interface Naming {
  readonly idOf: (node: Tensor) => number;
  readonly sizeOfValue: (id: number) => number;
  readonly labels: ReadonlyMap<Tensor, string>;
}

function writeStep(cluster: Cluster, { idOf, sizeOfValue, labels }: Naming): PlanStep {
  const { output, head, chain } = cluster;
  const inputs = head ? head.inputs.map(idOf) : [];
  const written = chain.length > 0 ? numberOperands(cluster, { inputs, idOf }) : undefined;
  const nodes = head ? [head, ...chain] : chain;
  return {
    op: (head?.op ?? 'elementwise') as StepName,
    inputs,
    output: idOf(output),
    attrs: head?.attrs ?? {},
    shape: output.shape,
    ...(written && { chain: written }),
    names: [...new Set(nodes.map((node) => labels.get(node) ?? node.op))],
    multiplyAdds: head && isPrimitive(head.definition) ? head.definition.multiplyAdds(head) : 0,
    bytes: 4 * [...inputs, idOf(output)].reduce((sum, id) => sum + sizeOfValue(id), 0),
  };
}

/** Gives every tensor that the chain reads a place among the step's inputs. */
function numberOperands(
  cluster: Cluster,
  { inputs, idOf }: { inputs: number[]; idOf: Naming['idOf'] },
): ElementwiseChain {
  const { operands, instructions } = writeChain(cluster);
  const numbered = operands.map((operand): ChainOperand => {
    if (operand.kind !== 'read') return operand;
    const { from, strides } = operand;
    return { kind: 'input', input: inputs.push(idOf(from)) - 1, strides, dtype: from.dtype };
  });
  return { operands: numbered, instructions };
}
