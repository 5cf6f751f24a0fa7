import {
  type Backend,
  constantValue,
  type ElementwiseChain,
  type Plan,
  type PlanStep,
  type PrimitiveName,
  type Shape,
} from '@igos/autograd';
import type { View } from '../../packages/autograd/src/backends/reference/kernel-table.ts';
import { kernelOf } from '../../packages/autograd/src/backends/reference/kernels.ts';
import { walk } from '../../packages/autograd/src/walk.ts';

/**
 * Runs plans in float64 with the kernels of `reference`, fused chains included, so that the compiler is tested apart from
 * any fast backend. All shared buffers are NaN when a run begins, and so is the output of a step before the step writes
 * it: whatever is read too early, or after another value took its place, shows in the results.
 */
export function planInterpreter({ fuses }: { readonly fuses: boolean }): Backend {
  return {
    name: fuses ? 'interpreter with fusing' : 'interpreter',
    precision: 'float64',
    fuses,
    loops: true,
    batch: 1,
    load: (plan) => ({
      run: async (inputs) => interpret(plan, inputs),
      dispose: () => undefined,
    }),
    dispose: () => undefined,
  };
}

function interpret(plan: Plan, inputs: readonly { readonly data: ArrayLike<number>; readonly shape: Shape }[]): View[] {
  const buffers = plan.buffers.map((size) => new Float64Array(size).fill(Number.NaN));
  const views = plan.values.map(({ shape, buffer, constant }): View => {
    const value = constant && constantValue(constant);
    return { shape, data: value ? Float64Array.from(value.data) : buffers[buffer]! };
  });
  const { loop } = plan;
  const first = loop?.first ?? plan.steps.length;
  const end = loop?.end ?? first;
  const turns = loop ? inputs[plan.inputs.indexOf(loop.inputs[0]!)]!.shape[0]! : 0;
  const differs = (id: number) => loop?.inputs.includes(id) ?? false;
  const give = (turn: number) =>
    plan.inputs.forEach((id, i) => {
      const size = sizeOf(views[id]!.shape);
      const from = differs(id) ? turn * size : 0;
      if (differs(id) === turn >= 0) views[id]!.data.set(Array.from(inputs[i]!.data).slice(from, from + size));
    });
  const runSteps = (from: number, to: number) =>
    plan.steps.slice(from, to).forEach((step) => void runStep(step, views));

  give(-1);
  runSteps(0, first);
  for (const { op, output } of plan.steps) if (op === 'accumulate') views[output]!.data.fill(0);
  const stacks = plan.outputs.map((): number[] => []);
  for (let turn = 0; turn < turns; turn++) {
    give(turn);
    runSteps(first, end);
    for (const i of loop?.outputs ?? []) stacks[i]!.push(...valuesOf(views[plan.outputs[i]!.value]!));
  }
  runSteps(end, plan.steps.length);
  return plan.outputs.map(({ value }, i) => {
    const { shape } = views[value]!;
    if (loop?.outputs.includes(i)) return { data: Float64Array.from(stacks[i]!), shape: [turns, ...shape] };
    return { data: valuesOf(views[value]!).slice(), shape };
  });
}

function valuesOf({ data, shape }: View): Float64Array {
  return data.subarray(0, sizeOf(shape));
}

function runStep(step: PlanStep, views: readonly View[]): void {
  const out = views[step.output]!;
  const inputs = step.inputs.map((id) => views[id]!);
  if (step.op === 'accumulate') {
    for (let i = 0; i < out.data.length; i++) out.data[i]! += inputs[0]!.data[i]!;
    return;
  }
  out.data.fill(Number.NaN);
  out.data.set(computeStep(step, inputs).data);
}

function computeStep({ op, attrs, shape, chain }: PlanStep, inputs: readonly View[]): View {
  const result = poisoned(shape);
  if (op !== 'elementwise') kernelOf(op as PrimitiveName)(result, inputs, attrs);
  return chain ? runChain(chain, { result, inputs }) : result;
}

/** Every operand and every instruction as a whole array. */
function runChain(
  { operands, instructions }: ElementwiseChain,
  { result, inputs }: { readonly result: View; readonly inputs: readonly View[] },
): View {
  const { shape } = result;
  const values = operands.map((operand): View => {
    if (operand.kind === 'result') return result;
    if (operand.kind === 'literal') return { shape, data: poisoned(shape).data.fill(operand.value) };
    const { data } = inputs[operand.input]!;
    return { shape, data: Float64Array.from(walk(shape, operand.strides), (place) => data[place]!) };
  });
  for (const { op, args } of instructions) {
    const out = poisoned(shape);
    kernelOf(op)(
      out,
      args.map((slot) => values[slot]!),
      {},
    );
    values.push(out);
  }
  return values.at(-1)!;
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function poisoned(shape: Shape): View {
  return { data: new Float64Array(sizeOf(shape)).fill(Number.NaN), shape };
}
