export { integrated } from './integrated.ts';
export { plain } from './plain.ts';
