import { type Backend, compile, type HostArray, referenceBackend, type Tensor } from '@igos/autograd';
import { expect } from 'vitest';

export interface ComparedGraph {
  readonly inputs: readonly Tensor[];
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly arrays: Readonly<Record<string, HostArray>>;
}

/** Runs a graph once on a backend. */
export async function runOn(backend: Backend, { inputs, outputs, arrays }: ComparedGraph) {
  const program = compile({ inputs, outputs }, backend);
  try {
    return await program.run(arrays);
  } finally {
    program.dispose();
  }
}

/** Expects a backend to give what `reference` gives, relative to the largest entry of each array, however small. */
export async function expectLikeReference(backend: Backend, graph: ComparedGraph, tolerance = 1e-5): Promise<void> {
  const expected = await runOn(referenceBackend, graph);
  const actual = await runOn(backend, graph);
  for (const [name, { data, shape }] of Object.entries(expected)) {
    expect(actual[name]!.shape).toEqual(shape);
    expect(errorOf(actual[name]!.data, data), name).toBeLessThan(tolerance);
  }
}

/** Largest difference over largest expected entry. NaN and infinities must be where they are expected. */
export function errorOf(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let scale = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const [value, wanted] = [actual[i]!, expected[i]!];
    const difference = Object.is(value, wanted) ? 0 : Math.abs(value - wanted);
    if (Number.isFinite(wanted)) scale = Math.max(scale, Math.abs(wanted));
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return largest === 0 ? 0 : largest / scale;
}
