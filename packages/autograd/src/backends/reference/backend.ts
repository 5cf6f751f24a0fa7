import type { Backend, Executable } from '../../backend.ts';
import { noLoop, type Plan, type PlanValue, turnsOf } from '../../compile/plan.ts';
import { decodeConstant } from '../../graph/tensor.ts';
import type { HostArray } from '../../host-array.ts';
import type { PrimitiveName } from '../../primitives/attributes.ts';
import { sizeOf } from '../../shape.ts';
import { toView, type View } from './kernel-table.ts';
import { kernelOf } from './kernels.ts';

/** Plain loops in float64: the definition of every primitive and the oracle of every test. Slow, and clear. */
export const referenceBackend: Backend = {
  name: 'reference',
  precision: 'float64',
  fuses: false,
  loops: true,
  batch: 1,
  load: (plan) => loadPlan(plan),
  dispose: () => undefined,
};

function loadPlan(plan: Plan): Executable {
  const buffers = plan.buffers.map((size) => new Float64Array(size));
  const constants = new Map<number, Float64Array>();
  const viewOf = (value: PlanValue): View => {
    const { id, shape, buffer, constant } = value;
    if (buffer >= 0) return { data: buffers[buffer], shape };
    if (!constant) throw new Error(`plan value ${id} has neither a buffer nor a constant`);
    if (!constants.has(id)) constants.set(id, toView(decodeConstant(constant)).data);
    return { data: constants.get(id) as Float64Array, shape };
  };
  const views = plan.values.map(viewOf);
  return {
    run: async (inputs, timings) => runPlan({ plan, views, inputs, timings }),
    dispose: () => {
      buffers.length = 0;
      constants.clear();
    },
  };
}

interface Run {
  readonly plan: Plan;
  readonly views: readonly View[];
  readonly inputs: readonly HostArray[];
  readonly timings: Float64Array | undefined;
}

/** What comes before a loop, its turns, and what comes after it; without a loop everything comes before. */
function runPlan(run: Run): HostArray[] {
  const { plan, views, inputs } = run;
  const { steps, loop = noLoop(plan) } = plan;
  const turns = turnsOf(plan, inputs);
  const stacks = new Map(
    loop.outputs.map((i) => [i, new Float64Array(turns * sizeOf(views[plan.outputs[i].value].shape))]),
  );
  plan.inputs.forEach((id, i) => {
    if (!loop.inputs.includes(id)) views[id].data.set(inputs[i].data);
  });
  runSteps(run, 0, loop.first);
  for (const { op, output } of steps) if (op === 'accumulate') views[output].data.fill(0);
  for (let turn = 0; turn < turns; turn++) {
    plan.inputs.forEach((id, i) => {
      const size = sizeOf(views[id].shape);
      if (loop.inputs.includes(id)) views[id].data.set(inputs[i].data.subarray(turn * size, (turn + 1) * size));
    });
    runSteps(run, loop.first, loop.end);
    for (const [i, stack] of stacks) stack.set(valuesOf(views[plan.outputs[i].value]), (turn * stack.length) / turns);
  }
  runSteps(run, loop.end, steps.length);
  return plan.outputs.map(({ value }, i) => {
    const { shape } = views[value];
    const stack = stacks.get(i);
    return stack ? { data: stack, shape: [turns, ...shape] } : { data: valuesOf(views[value]).slice(), shape };
  });
}

/** A buffer may be longer than the value that is in it. */
function valuesOf({ data, shape }: View): Float64Array {
  return data.subarray(0, sizeOf(shape));
}

function runSteps({ plan, views, timings }: Run, first: number, end: number): void {
  for (let i = first; i < end; i++) {
    const { op, inputs, output, attrs } = plan.steps[i];
    const start = performance.now();
    const from = inputs.map((id) => views[id]);
    if (op === 'accumulate') addInto(views[output], from[0]);
    else kernelOf(op as PrimitiveName)(views[output], from, attrs);
    if (timings) timings[i] += performance.now() - start;
  }
}

function addInto(total: View, { data }: View): void {
  for (let i = 0; i < data.length; i++) total.data[i] += data[i];
}
