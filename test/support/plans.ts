import { compile, type Plan, type PlanStep, type Tensor } from '@igos/autograd';
import { planInterpreter } from './plan-interpreter.ts';

export const fusing = planInterpreter({ fuses: true });
export const plain = planInterpreter({ fuses: false });

/** What the compiler makes of some outputs, with fusing unless another backend is given. */
export function planOf(outputs: Readonly<Record<string, Tensor>>, backend = fusing): Plan {
  return compile({ outputs }, backend).plan;
}

export function opsOf({ steps }: Plan): string[] {
  return steps.map(({ op }) => op);
}

/** The elementwise ops that a step does to its result. */
export function chainOf({ chain }: PlanStep): string[] {
  return chain?.instructions.map(({ op }) => op) ?? [];
}
