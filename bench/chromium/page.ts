import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Outcome } from '../results/outcome.ts';
import { runKernels } from '../rows/kernels.ts';

export interface PageOptions {
  readonly rounds: number;
  readonly quick: boolean;
}

/** What the page offers to the program that opened it. */
export type RunInPage = (options: PageOptions) => Promise<Readonly<Record<string, Outcome>>>;

setWasmPaths('/tfjs/');
const run: RunInPage = (options) => {
  return runKernels({
    ...options,
    python: '',
    watch: () => () => undefined,
    waitForQuiet: () => (globalThis as unknown as { waitForQuiet: () => Promise<void> }).waitForQuiet(),
    log: (text) => console.log(text),
  });
};
Object.assign(globalThis, { runKernels: run });
