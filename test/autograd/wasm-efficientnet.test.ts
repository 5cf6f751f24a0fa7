import { readFileSync } from 'node:fs';
import * as ag from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { errorOf } from '../support/wasm-compare.ts';

/** What PyTorch computed for a photo; `at` are entries of the gradient at the case's positions. */
interface ExpectedCase {
  readonly image: string;
  readonly classIndex: number;
  readonly logits: string;
  readonly gradientPositions: readonly number[];
  readonly probabilityGradient: { readonly l2: number; readonly at: readonly number[] };
}

const folder = new URL('../../models/efficientnet-lite0/', import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL('reference/expected.json', folder), 'utf8')) as {
  cases: readonly ExpectedCase[];
};
const model = await loadModel(folderReader(folder.pathname));
const shape = [1, 224, 224, 3];
const memories: WebAssembly.Memory[] = [];
let wasm: ag.Backend;
beforeAll(() => {
  const original = WebAssembly.Memory;
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function make(descriptor) {
    const memory = new original(descriptor);
    memories.push(memory);
    return memory;
  });
  wasm = ag.createWasmBackend();
});
afterAll(() => {
  wasm.dispose();
  vi.restoreAllMocks();
});

test.each(cases)(
  'EfficientNet-Lite0 sees in $image what PyTorch sees, and slopes as PyTorch slopes',
  async (expected) => {
    const image = ag.input('image', shape);
    const logits = model.apply(image).logits!;
    const [slope] = ag.gradient(ag.classProbability(logits, expected.classIndex), [image]);
    const program = ag.compile({ outputs: { logits, slope: slope! } }, wasm);
    const pixels = await sharp(new URL(`reference/${expected.image}`, folder).pathname)
      .removeAlpha()
      .raw()
      .toBuffer();
    const photo = { image: { data: Float32Array.from(pixels, (pixel) => (pixel - 127) / 128), shape } };
    const first = await program.run(photo);

    const wanted = new Float32Array(new Uint8Array(Buffer.from(expected.logits, 'base64')).buffer);
    expect(errorOf(first.logits.data, wanted)).toBeLessThan(1e-5);
    // Rounding makes a few of the millions of ReLU6 change sides, and each moves the gradient of the pixels it sees.
    const { l2, at } = expected.probabilityGradient;
    const slopes = Float64Array.from(first.slope.data);
    const largest = slopes.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [i, place] of expected.gradientPositions.entries()) {
      expect(Math.abs(slopes[place]! - at[i]!) / largest).toBeLessThan(5e-3);
    }
    const length = Math.sqrt(slopes.reduce((sum, value) => sum + value * value, 0));
    expect(Math.abs(length / l2 - 1)).toBeLessThan(5e-3);

    expect(await program.run(photo)).toEqual(first);
    expect(memories[0]!.buffer.byteLength).toBeLessThan(50e6);
    program.dispose();
  },
);
