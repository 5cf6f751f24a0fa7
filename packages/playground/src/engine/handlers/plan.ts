import { compile, gradient, type Plan, type Program, type Tensor } from '@igos/autograd';
import { layersOf } from '../layers.ts';
import type { CallContext } from '../remote.ts';
import { session } from './session.ts';

/** A step of the compiled program. */
export interface PlanRow {
  /** Layers and operations that were joined in it. */
  readonly names: readonly string[];
  readonly shape: readonly number[];
  readonly multiplyAdds: number;
  readonly milliseconds: number;
  /** Forward: the score needs it. Backward: only the gradient does. */
  readonly backward: boolean;
  /** Number of the layer, from 0, that it computes, or the gradient at it; undefined where it belongs to none. */
  readonly layer: number | undefined;
}

export interface PlanView {
  readonly rows: readonly PlanRow[];
  /** Of the results between steps. */
  readonly peakBytes: number;
  readonly runs: number;
}

/** Milliseconds of measuring after which there are enough runs. */
const longEnough = 200;
const mostRuns = 30;

/** The program of the score and its gradient at every pixel, with the mean time of each of its steps. */
export async function plan(_: unknown, { signal }: CallContext<never>): Promise<PlanView> {
  const { image } = session.subject;
  const { images, score: values, layers } = layersOf(session.subject);
  const nodes = layers.flatMap((layer, number) => layer.nodes.map((node) => ({ node, number })));
  const [slopes = values, ...inner] = gradient(values, [images, ...nodes.map(({ node }) => node)]);
  const labels = layerLabels([...nodes, ...inner.map((node, i) => ({ node, number: nodes[i]?.number ?? 0 }))]);
  const program = compile({ inputs: [images], outputs: { score: values, gradient: slopes }, labels }, session.backend);
  try {
    const arrays = { images: { data: image.data, shape: images.shape } };
    const { times, runs } = await measure(program, arrays, signal);
    const forward = stepsBefore(program.plan, 'score');
    const rows = program.plan.steps.map(({ names, output, multiplyAdds }, i) => ({
      ...{ ...withoutLayers(names), shape: program.plan.values[output]?.shape ?? [], multiplyAdds },
      ...{ milliseconds: times[i] ?? 0, backward: !forward.has(i) },
    }));
    return { rows, peakBytes: program.plan.peakBytes, runs };
  } finally {
    program.dispose();
  }
}

/** Names that say which layer a node belongs to: `relu#3`. */
function layerLabels(
  nodes: readonly { readonly node: Tensor; readonly number: number }[],
): ReadonlyMap<Tensor, string> {
  // Layers that are added up have one gradient, which counts as that of their sum: the last that names it.
  return new Map(nodes.map(({ node, number }) => [node, `${node.op}#${number}`]));
}

/** The names without their layers, and the last of the layers: what the step ends with. */
function withoutLayers(names: readonly string[]): Pick<PlanRow, 'names' | 'layer'> {
  const parts = names.map((name) => name.split('#'));
  const layer = parts.findLast(([, number]) => number !== undefined)?.[1];
  return { names: [...new Set(parts.map(([op = '']) => op))], layer: layer === undefined ? undefined : Number(layer) };
}

async function measure(program: Program, arrays: Parameters<Program['profile']>[0], signal: AbortSignal) {
  await program.profile(arrays); // what comes first only once
  const sums = new Float64Array(program.plan.steps.length);
  const start = performance.now();
  let runs = 0;
  for (; runs < mostRuns && (runs === 0 || performance.now() - start < longEnough); runs++) {
    signal.throwIfAborted();
    const times = await program.profile(arrays);
    for (const [i, { milliseconds }] of times.entries()) sums[i] = (sums[i] ?? 0) + milliseconds;
  }
  return { times: sums.map((sum) => sum / runs), runs };
}

/** Numbers of the steps that an output depends on. Values are found by their buffers, which views share. */
function stepsBefore({ steps, values, outputs }: Plan, output: string): ReadonlySet<number> {
  const writer = new Map<number, number>();
  const bufferOf = (value: number) => values[value]?.buffer ?? -1;
  const isMade = (value: number) => values[value]?.source === 'step';
  const needs = steps.map(({ inputs, output: written }, i) => {
    const before = inputs.filter(isMade).map((value) => writer.get(bufferOf(value)));
    writer.set(bufferOf(written), i);
    return before;
  });
  const found = new Set<number>();
  const add = (step: number | undefined) => {
    if (step === undefined || found.has(step)) return;
    found.add(step);
    for (const before of needs[step] ?? []) add(before);
  };
  const wanted = outputs.find(({ name }) => name === output)?.value;
  if (wanted !== undefined) add(writer.get(bufferOf(wanted)));
  return found;
}
