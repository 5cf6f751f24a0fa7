/** Something that a page would import, and the most that it may weigh, minified and compressed by gzip. */
export interface Budget {
  readonly name: string;
  /** The module that the page would be. */
  readonly code: string;
  /** KiB; more fails. */
  readonly limit: number;
  /** KiB that we aim at. */
  readonly wanted: number;
}

export const budgets: readonly Budget[] = [
  {
    name: 'engine: build, differentiate, compile, run on wasm',
    code: `export { compile, constant, createWasmBackend, gradient, input } from '@igos/autograd';`,
    limit: 40,
    wanted: 30,
  },
  {
    name: 'explain: igos, two metrics, wasm, TensorFlow.js readers',
    code: `
      import { baselines, makeBaseline } from 'igos';
      export const blurred = (image) => makeBaseline(baselines.blur, image);
      export { createMaskProblem, deletionInsertion, explain, explainToEnd, scoreOfModel } from 'igos';
      export { createWasmBackend } from '@igos/autograd';
      export { loadModel } from '@igos/autograd/tfjs';`,
    limit: 60,
    wanted: 40,
  },
];
