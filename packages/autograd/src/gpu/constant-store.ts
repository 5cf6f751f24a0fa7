import type { Constant } from './constants.ts';

/** The constants of one program, where its kernels find them. */
export interface ConstantStore {
  /** Makes a constant ready; once for each. */
  load(constant: Constant): void;
  /** What a kernel takes for it. */
  of(constant: Constant): unknown;
  /** Lets go of what the first run had to copy: afterwards the device alone has the values. */
  release(): void;
  dispose(): void;
}

/** Values that never change: GPU.js keeps a slice of every array that a pipeline uses, and of these the array itself. */
class FixedArray extends Float32Array {
  override slice(): FixedArray {
    return this;
  }
}

/**
 * For pipelines that copy each array of theirs into memory of their own at the first call. As that is the same array
 * wherever it is used, it is copied once.
 */
export function storeArrays(): ConstantStore {
  const arrays = new Map<Constant, FixedArray>();
  return {
    load: (constant) => {
      arrays.set(constant, new FixedArray(constant.decode()));
    },
    of: (constant) => arrays.get(constant),
    release: () => {
      // The pipeline still holds the arrays, so dropping ours frees nothing: the memory has to be taken from them.
      for (const { buffer } of arrays.values()) structuredClone(buffer, { transfer: [buffer] });
      arrays.clear();
    },
    dispose: () => arrays.clear(),
  };
}

/** Values that GPU.js need not copy either: it has read them by the time the run ends. */
export function withoutCopy(values: Float32Array): Float32Array {
  return new FixedArray(values.buffer as ArrayBuffer, values.byteOffset, values.length);
}
