import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { CheckedCase } from '../agreement.ts';

export type TfjsBackend = 'wasm' | 'cpu';

/** Starts both backends on one thread. */
export async function startTfjs(): Promise<void> {
  tf.enableProdMode();
  setThreadsCount(1);
  for (const name of ['wasm', 'cpu'] as const) {
    if (!(await tf.setBackend(name))) throw new Error(`tfjs-backend-${name} does not start here`);
  }
}

/** Tensors that are made once, and what is computed of them. */
export interface TfjsComputation {
  readonly held: readonly tf.Tensor[];
  compute(): tf.Tensor;
}

/** A computation of TensorFlow.js as a case. Its tensors are made while its backend is set. */
export async function tfjsCase(backend: TfjsBackend, prepare: () => TfjsComputation): Promise<CheckedCase> {
  await tf.setBackend(backend);
  const { held, compute } = prepare();
  return {
    result: tf.tidy(() => compute().dataSync()).slice(),
    dispose: () => tf.dispose([...held]),
    timed: {
      name: `tfjs-${backend}`,
      run: async () => {
        if (tf.getBackend() !== backend) await tf.setBackend(backend);
        const start = performance.now();
        tf.tidy(() => void compute());
        return performance.now() - start;
      },
    },
  };
}
