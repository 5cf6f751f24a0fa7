/** GPU.js as a backend: kernels as readable source strings. Needs the optional package `gpu.js`. */
export { type GpuAdapter, gpuAdapters } from './adapters.ts';
export { createGpuBackend, type GpuBackend } from './backend.ts';
export type { GpuMode } from './library.ts';
export { availableGpuModes, recommendedGpuMode } from './modes.ts';
