export { blur } from './blur.ts';
export { black, mean } from './constant.ts';
export { median } from './median.ts';
export { mixed } from './mixed.ts';
export { noise } from './noise.ts';
