export { midpoint, right } from './evenly.ts';
export { gauss } from './gauss.ts';
