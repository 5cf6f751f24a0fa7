import { gradient } from './gradient.ts';
import { igos } from './igos.ts';
import { integratedGradients } from './integrated-gradients.ts';
import type { Method } from './method.ts';
import { random } from './random.ts';

export const methods = {
  igos,
  'integrated-gradients': integratedGradients,
  gradient,
  random,
} satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
