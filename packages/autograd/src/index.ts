/** From-scratch reverse-mode autodiff for small convolutional networks. */
export { aroundRuns, type RunHooks } from './around-runs.ts';
export type { Backend, Executable, ThreadUse } from './backend.ts';
export { referenceBackend } from './backends/reference/backend.ts';
export { createWasmBackend } from './backends/wasm/backend.ts';
export type { WasmOptions } from './backends/wasm/options.ts';
export { rehearse } from './backends/wasm/run/rehearse.ts';
export { type StartThreads, threadsFrom } from './backends/wasm/threads/start-threads.ts';
export type { StartWorker, WorkerEvents, WorkerHandle } from './backends/wasm/threads/start-worker.ts';
export { type CompileRequest, compile } from './compile/compile.ts';
export { noiseFromHost } from './compile/host-noise.ts';
export type { LoopRequest } from './compile/loop.ts';
export {
  attrsOf,
  type ChainInstruction,
  type ChainOperand,
  type ElementwiseChain,
  type Plan,
  type PlanLoop,
  type PlanStep,
  type PlanValue,
  type StepName,
} from './compile/plan.ts';
export type { Program, RunAllOptions, StepTime } from './compile/program.ts';
export * from './composites/activations.ts';
export * from './composites/arithmetic.ts';
export { type BatchNormOptions, batchNorm } from './composites/batch-norm.ts';
export { type BlurOptions, gaussianBlur } from './composites/blur.ts';
export {
  type ConvolutionOptions,
  conv2d,
  conv2dTranspose,
  dense,
  depthwiseConv2d,
  type PaddingOption,
} from './composites/convolution.ts';
export { type CompositeRule, customGradient, defineComposite } from './composites/define.ts';
export { gaussianKernel } from './composites/gaussian-kernel.ts';
export * from './composites/layout.ts';
export { averagePool, maxPool, type PoolOptions } from './composites/pooling.ts';
export { globalAveragePool, globalMaxPool, max, mean, min, type ReduceOptions, sum } from './composites/reductions.ts';
export { resizeBilinear, resizeNearest } from './composites/resampling.ts';
export { classProbability, logSoftmax, softmax } from './composites/softmax.ts';
export { BackendUnavailableError, DeviceLostError, OutOfMemoryError } from './errors.ts';
export { constantValue } from './graph/constant-value.ts';
export { type GradientOptions, gradient } from './graph/gradient.ts';
export {
  type Attributes,
  constant,
  type DifferentiatedNode,
  type DType,
  decodeConstant,
  input,
  type Operand,
  type Rule,
  type Tensor,
} from './graph/tensor.ts';
export { topologicalOrder } from './graph/topology.ts';
export { type ArrayInput, type HostArray, toHostArray } from './host-array.ts';
export type { AttrsOf, Coordinates, PrimitiveName } from './primitives/attributes.ts';
export { isElementwise } from './primitives/elementwise.ts';
export { matmul } from './primitives/matmul.ts';
export { type RandomNormalOptions, randomNormal } from './primitives/random.ts';
export { type ResizeTap, resizeTaps } from './primitives/resize.ts';
export { stopGradient } from './primitives/structure.ts';
export { randomKey } from './random/random-key.ts';
export { uniformStream, wordStream } from './random/word-stream.ts';
export { type Shape, ShapeError } from './shape.ts';
export { decodeStored, type StoredArray } from './stored-array.ts';
