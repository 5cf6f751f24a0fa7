import { type Backend, constantValue, type ElementwiseChain, type Plan, type PlanStep } from '@igos/autograd';
import { kernelOf } from '../../packages/autograd/src/backends/reference/evaluate.ts';
import { walk } from '../../packages/autograd/src/backends/reference/indexing.ts';
import type { View } from '../../packages/autograd/src/backends/reference/kernel-table.ts';

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
    load: (plan) => ({
      run: async (inputs) => interpret(plan, inputs),
      dispose: () => undefined,
    }),
    dispose: () => undefined,
  };
}

function interpret(plan: Plan, inputs: readonly { readonly data: ArrayLike<number> }[]): View[] {
  const buffers = plan.buffers.map((size) => new Float64Array(size).fill(Number.NaN));
  const views = plan.values.map(({ shape, buffer, constant }): View => {
    const value = constant && constantValue(constant);
    return { shape, data: value ? Float64Array.from(value.data) : buffers[buffer]! };
  });
  for (const [i, id] of plan.inputs.entries()) views[id]!.data.set(inputs[i]!.data);
  for (const step of plan.steps) {
    const out = views[step.output]!;
    out.data.fill(Number.NaN);
    const result = computeStep(
      step,
      step.inputs.map((id) => views[id]!),
    );
    out.data.set(result.data);
  }
  return plan.outputs.map(({ value }) => ({ data: views[value]!.data.slice(), shape: views[value]!.shape }));
}

function computeStep({ op, attrs, shape, chain }: PlanStep, inputs: readonly View[]): View {
  const result = poisoned(shape);
  if (op !== 'elementwise') kernelOf(op)(result, inputs, attrs);
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

function poisoned(shape: readonly number[]): View {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return { data: new Float64Array(size).fill(Number.NaN), shape };
}
