/** What can compute, by its name in links and on the command line. */
export const engineNames = ['wasm', 'gpujs:webgpu', 'gpujs:webgl2'] as const;
export type EngineName = (typeof engineNames)[number];

export type GpuEngineName = Exclude<EngineName, 'wasm'>;
