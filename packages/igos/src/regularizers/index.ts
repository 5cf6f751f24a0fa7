export { bilateral } from './bilateral.ts';
export { l1 } from './l1.ts';
export { totalVariation } from './total-variation.ts';
