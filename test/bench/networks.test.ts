import { compile, createWasmBackend, input, referenceBackend } from '@igos/autograd';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { checkAgreement } from '../../bench/agreement.ts';
import { convolutions, depthwiseConvolutions, flopOf, type KernelLayer } from '../../bench/kernels/layers.ts';
import { drawData, ourForward, ourGradient } from '../../bench/kernels/ours.ts';
import { tfjsForward, tfjsGradient } from '../../bench/kernels/tfjs.ts';
import type { Network } from '../../bench/networks/network.ts';
import { efficientNetLite0, mobileNet } from '../../bench/networks/networks.ts';
import { buildOnnx } from '../../bench/networks/onnx.ts';
import { graphBuilder } from '../../bench/networks/ours.ts';
import { buildTfjs } from '../../bench/networks/tfjs.ts';
import { startTfjs } from '../../bench/peers/tfjs.ts';
import { uniformArray } from '../../bench/random.ts';

function compiled(network: Network) {
  const image = input('image', [1, ...network.inputShape]);
  return compile({ outputs: { logits: network.build(graphBuilder, image) } }, createWasmBackend());
}

describe('the networks', () => {
  test('have the multiply-adds of the real ones', () => {
    expect(compiled(efficientNetLite0).plan.multiplyAdds).toBe(385_187_552); // the bundled model, see igos inspect
    expect(compiled(mobileNet).plan.multiplyAdds / 1e6).toBeCloseTo(41, 0); // as published
  });

  test('give the same logits in both frameworks', async () => {
    await startTfjs();
    await tf.setBackend('wasm');
    const pixels = uniformArray(3, 224 * 224 * 3);
    const result = await compiled(mobileNet).run({ image: { data: pixels, shape: [1, 224, 224, 3] } });
    const { logitsOf } = buildTfjs(mobileNet);
    const theirs = logitsOf(tf.tensor4d(pixels, [1, 224, 224, 3])).dataSync();
    checkAgreement('tfjs-wasm', [theirs, result.logits!.data], 1e-5);
    const spread = Math.max(...result.logits!.data) - Math.min(...result.logits!.data);
    expect(spread, 'logits that differ, so that agreeing means something').toBeGreaterThan(0.1);
  });

  test('are written as ONNX with every weight', () => {
    const fields = readFields(buildOnnx(mobileNet));
    const graph = readFields(fields.find(({ field }) => field === 7)!.bytes!);
    const ops = graph
      .filter(({ field }) => field === 1)
      .map(({ bytes }) => new TextDecoder().decode(readFields(bytes!).find(({ field }) => field === 4)!.bytes));
    const count = (op: string) => ops.filter((name) => name === op).length;
    expect([count('Conv'), count('Clip'), count('Gemm')]).toEqual([27, 27, 1]);
    const weights = graph
      .filter(({ field }) => field === 5)
      .map(({ bytes }) => readFields(bytes!).find(({ field }) => field === 9)!.bytes!.length / 4);
    // 470,072 trainable parameters in Keras, of which scale and shift of 2,736 channels become one bias; and Clip's limits
    expect(weights.reduce((sum, size) => sum + size, 0)).toBe(470_072 - 2_736 + 2 * 27);
  });
});

describe('the kernels', () => {
  const small = (layer: KernelLayer): KernelLayer => ({ ...layer, input: [9, 9, layer.input[2]] });

  test('count what the engine counts', () => {
    const layer = convolutions[0]!;
    expect(flopOf(layer)).toBe(2 * 3136 * 64 * 128);
    expect(flopOf(depthwiseConvolutions[1]!)).toBe(2 * 56 * 56 * 9 * 96);
  });

  test('compute the same in both frameworks, there and back', async () => {
    await startTfjs();
    for (const layer of [convolutions[0]!, convolutions[6]!, depthwiseConvolutions[1]!].map(small)) {
      const data = drawData(layer);
      const forward = await ourForward({ layer, data, backend: referenceBackend });
      checkAgreement('forward', [(await tfjsForward({ layer, data, backend: 'wasm' })).result, forward.result], 1e-6);
      const gradient = await ourGradient({ layer, data, backend: referenceBackend });
      checkAgreement('gradient', [(await tfjsGradient({ layer, data, backend: 'cpu' })).result, gradient.result], 1e-6);
      expect(forward.result).not.toHaveLength(0);
      expect(gradient.result).toHaveLength(9 * 9 * layer.input[2]);
    }
  });
});

interface Field {
  readonly field: number;
  readonly bytes?: Uint8Array;
}

/** The fields of a protobuf message: those of a length with their bytes. */
function readFields(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const value = varint();
    if ((key & 7) === 2) {
      fields.push({ field: key >> 3, bytes: message.subarray(at, at + value) });
      at += value;
    } else {
      fields.push({ field: key >> 3 });
    }
  }
  return fields;
}
