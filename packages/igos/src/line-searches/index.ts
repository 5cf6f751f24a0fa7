export { armijo, armijoPath } from './armijo.ts';
export { armijoProjected } from './armijo-projected.ts';
export { fixed } from './fixed.ts';
export { nag } from './nag.ts';
