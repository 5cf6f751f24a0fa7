/** GPU.js as a backend: kernels as readable source strings. Needs the optional package `gpu.js`. */
export { createGpuBackend } from './backend.ts';
export type { GpuMode } from './library.ts';
export { availableGpuModes } from './modes.ts';
