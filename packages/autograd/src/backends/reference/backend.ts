import type { Backend, Executable } from '../../backend.ts';
import type { Plan, PlanValue } from '../../compile/plan.ts';
import { decodeConstant } from '../../graph/tensor.ts';
import type { PrimitiveName } from '../../primitives/attributes.ts';
import { sizeOf } from '../../shape.ts';
import { kernelOf, toView } from './evaluate.ts';
import type { View } from './kernel-table.ts';

/** Plain loops in float64: the definition of every primitive and the oracle of every test. Slow, and clear. */
export const referenceBackend: Backend = {
  name: 'reference',
  precision: 'float64',
  fuses: false,
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
    run: async (inputs, timings) => {
      for (const [i, id] of plan.inputs.entries()) views[id].data.set(inputs[i].data);
      for (const [i, { op, inputs: from, output, attrs }] of plan.steps.entries()) {
        const start = performance.now();
        kernelOf(op as PrimitiveName)(
          views[output],
          from.map((id) => views[id]),
          attrs,
        );
        if (timings) timings[i] = performance.now() - start;
      }
      return plan.outputs.map(({ value }) => {
        const { data, shape } = views[value];
        return { data: data.slice(0, sizeOf(shape)), shape };
      });
    },
    dispose: () => {
      buffers.length = 0;
      constants.clear();
    },
  };
}
