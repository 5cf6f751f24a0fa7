import { isConstant, isInput, type Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import { multiplyAddsOf } from '../primitives/define.ts';
import { sizeOf } from '../shape.ts';
import { assignBuffers } from './buffers.ts';
import { type Cluster, clusterNodes, writeChain } from './fuse.ts';
import { type Carry, type DraftLoop, type Section, sectionsOf } from './loop.ts';
import type { Plan, PlanLoop, PlanStep, PlanValue, StepName } from './plan.ts';
import type { Draft } from './rewrite.ts';

type DraftValue = Omit<PlanValue, 'buffer'> & { readonly sharesWith?: number };

export interface PlanRequest {
  readonly draft: Draft;
  readonly inputs: readonly Tensor[];
  /** Names of the draft's outputs, in their order. */
  readonly names: readonly string[];
  readonly fuses: boolean;
  readonly loop?: DraftLoop | undefined;
}

/** Lists the steps of a graph of primitives, names their values and shares out buffers. */
export function buildPlan({ draft, inputs, names, fuses, loop: draftLoop }: PlanRequest): Plan {
  const { values, idOf } = nameValues(new Set(draftLoop?.carries.map(({ total }) => total)));
  const inputIds = inputs.map(idOf);
  const { steps: listed, loop } = listSteps(draft, { fuses, loop: draftLoop, idOf });
  const bytesOf = (ids: readonly number[]) => 4 * ids.reduce((sum, id) => sum + sizeOf(values[id].shape), 0);
  const steps = listed.map((step): PlanStep => ({ ...step, bytes: bytesOf([...step.inputs, step.output]) }));
  const outputs = draft.outputs.map((node, i) => ({ name: names[i], value: idOf(node) }));
  const { buffers, bufferOf } = assignBuffers(values, {
    steps,
    outputs: outputs.map(({ value }) => value),
    inputs: inputIds,
    loop,
  });
  const timesRun = (at: number) => (loop && at >= loop.first && at < loop.end ? loop.turns : 1);
  return {
    values: values.map(({ sharesWith: _, ...value }) => ({ ...value, buffer: bufferOf(value.id) })),
    steps,
    inputs: inputIds,
    outputs,
    ...(loop && { loop }),
    buffers,
    multiplyAdds: steps.reduce((sum, step, at) => sum + timesRun(at) * step.multiplyAdds, 0),
    peakBytes: 4 * buffers.reduce((sum, size) => sum + size, 0),
  };
}

/** Numbers tensors when they are first asked for. Totals of a loop are leaves of the graph that steps write. */
function nameValues(totals: ReadonlySet<Tensor>) {
  const values: DraftValue[] = [];
  const ids = new Map<Tensor, number>();
  const idOf = (node: Tensor): number => {
    const known = ids.get(node);
    if (known !== undefined) return known;
    const sharesWith = node.op === 'reshape' ? idOf(node.inputs[0]) : undefined;
    const id = values.length;
    const source = isInput(node) && !totals.has(node) ? 'input' : isConstant(node) ? 'constant' : 'step';
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
  return { values, idOf };
}

/** A step without what the sizes of its values tell. */
type DraftStep = Omit<PlanStep, 'bytes'>;

interface Listing {
  readonly fuses: boolean;
  readonly loop: DraftLoop | undefined;
  readonly idOf: (node: Tensor) => number;
}

/** All steps in the order they run: those before a loop, those of a turn, the additions to its totals, and those after it. */
function listSteps(draft: Draft, { fuses, loop, idOf }: Listing): { steps: DraftStep[]; loop?: PlanLoop } {
  const targets = [...draft.outputs, ...(loop?.carries ?? []).map(({ value }) => value)];
  const sectionOf = loop ? sectionsOf(targets, loop) : (): Section => 'before';
  const clusters = stepsOf(targets, clusterNodes(targets, fuses, sectionOf));
  const inSection = (section: Section) =>
    clusters
      .filter(({ output }) => sectionOf(output) === section)
      .map((cluster) => writeStep(cluster, idOf, draft.labels));
  const before = inSection('before');
  if (!loop) return { steps: before };
  const turn = [...inSection('turn'), ...loop.carries.map((carry) => accumulateStep(carry, idOf))];
  return {
    steps: [...before, ...turn, ...inSection('after')],
    loop: {
      turns: loop.turns,
      first: before.length,
      end: before.length + turn.length,
      inputs: loop.each.map(idOf),
      outputs: loop.stacked.flatMap((each, i) => (each ? [i] : [])),
    },
  };
}

function accumulateStep({ value, total }: Carry, idOf: (node: Tensor) => number): DraftStep {
  const [inputs, output] = [[idOf(value)], idOf(total)];
  return {
    op: 'accumulate',
    inputs,
    output,
    attrs: {},
    shape: total.shape,
    names: ['sum over turns'],
    multiplyAdds: 0,
  };
}

/** Leaves and reshapes take no step, and neither does a broadcast that is only read in place, by chains. */
function stepsOf(targets: readonly Tensor[], clusters: readonly Cluster[]): Cluster[] {
  const chainsRead = new Set(clusters.flatMap(({ chain }) => chain));
  const stored = new Set(targets);
  for (const node of topologicalOrder(targets)) {
    if (!chainsRead.has(node)) for (const from of node.inputs) stored.add(from);
  }
  return clusters.filter(({ output }) => {
    if (isConstant(output) || isInput(output) || output.op === 'reshape') return false;
    return output.op !== 'broadcast' || stored.has(output);
  });
}

function writeStep(cluster: Cluster, idOf: (node: Tensor) => number, labels: ReadonlyMap<Tensor, string>): DraftStep {
  const { output, head, chain } = cluster;
  const inputs = head ? head.inputs.map(idOf) : [];
  const written = chain.length > 0 && writeChain(cluster, (from) => inputs.push(idOf(from)) - 1);
  const nodes = head ? [head, ...chain] : chain;
  return {
    op: (head?.op ?? 'elementwise') as StepName,
    inputs,
    output: idOf(output),
    attrs: head?.attrs ?? {},
    shape: output.shape,
    ...(written && { chain: written }),
    names: [...new Set(nodes.map((node) => labels.get(node) ?? node.op))],
    multiplyAdds: head ? multiplyAddsOf(head) : 0,
  };
}
