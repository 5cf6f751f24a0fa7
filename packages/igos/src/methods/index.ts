export { gradient } from './gradient.ts';
export { igos } from './igos.ts';
export { integratedGradients } from './integrated-gradients.ts';
export { random } from './random.ts';
