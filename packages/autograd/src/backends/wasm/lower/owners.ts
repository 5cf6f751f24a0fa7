import type { Plan } from '../../../compile/plan.ts';

/** Every value but the constants, and the value in whose memory it is: itself or, for a reshape, another. */
export function ownersOf(plan: Plan): Map<number, number> {
  const owners = new Map<number, number>();
  /** Who wrote each of the plan's buffers last, while walking through the steps. */
  const holders = new Map<number, number>();
  const write = (id: number) => {
    owners.set(id, id);
    holders.set(plan.values[id].buffer, id);
  };
  const read = (id: number) => {
    const { source, buffer } = plan.values[id];
    if (source !== 'constant' && !owners.has(id)) owners.set(id, holders.get(buffer) as number);
  };
  plan.inputs.forEach(write);
  for (const { inputs, output } of plan.steps) {
    inputs.forEach(read);
    write(output);
  }
  for (const { value } of plan.outputs) read(value);
  return owners;
}
