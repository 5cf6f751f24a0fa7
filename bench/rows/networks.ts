import * as ag from '@igos/autograd';
import * as tf from '@tensorflow/tfjs-core';
import { type CheckedCase, checkAgreement } from '../agreement.ts';
import { alternate } from '../alternate.ts';
import type { Network } from '../networks/network.ts';
import { efficientNetLite0, mobileNet } from '../networks/networks.ts';
import { graphBuilder } from '../networks/ours.ts';
import { buildTfjs } from '../networks/tfjs.ts';
import { onnxForward, onnxPackage, startOnnx } from '../peers/onnx.ts';
import { startTfjs, type TfjsBackend, tfjsCase } from '../peers/tfjs.ts';
import { uniformArray } from '../random.ts';
import { type Comparison, type Outcome, speedRatio, timingOf, type Value, worstOf } from '../results/outcome.ts';
import { atLeast, atMost, type Context, type Group, shortTurns } from '../results/row.ts';

const networks = { 'lite0-forward': efficientNetLite0, 'mobilenet-forward': mobileNet } as const;

/** Fifty layers of float32 sums, added in another order. */
const tolerance = 1e-4;

/** Whole networks with random weights, one image, one thread. */
export const networkRows: Group = {
  title: 'Whole networks with random weights',
  rows: [
    ...Object.entries(networks).map(([id, { name }]) => ({
      ...{ id, measure: `${name} forward against tfjs-wasm, one thread, multiply and add` },
      ...{ unit: 'times' as const, bar: atLeast(1.3, 1.6) },
    })),
    {
      id: 'backward-forward',
      measure: 'backward over forward time, whole network',
      unit: 'share',
      bar: atMost(1.3, 1.1),
    },
  ],
  run: async (context) => {
    await startTfjs();
    const comparisons = {
      'lite0-forward': await compare(networks['lite0-forward'], context),
      'mobilenet-forward': await compare(networks['mobilenet-forward'], context),
    };
    const outcomes = Object.entries(comparisons).map(([id, comparison]): [string, Outcome] => {
      const value = speedRatio(timingOf(comparison, 'ours, wasm'), timingOf(comparison, 'tfjs-wasm'));
      return [id, { value, comparisons: [{ ...comparison, value }] }];
    });
    const ratios = Object.values(comparisons).map((one) => ({ ...one, value: backwardOverForward(one) }));
    return {
      ...Object.fromEntries(outcomes),
      'backward-forward': { value: worstOf(ratios, 'max'), comparisons: ratios, notes: ['the higher of two networks'] },
    };
  },
};

const gradientMark = ', gradient';

function backwardOverForward(comparison: Comparison): Value {
  const gradient = comparison.timings.find(({ name }) => name.endsWith(gradientMark))!;
  const both = speedRatio(timingOf(comparison, gradient.name.slice(0, -gradientMark.length)), gradient);
  return { best: both.best - 1, median: both.median - 1 };
}

async function compare(network: Network, context: Context): Promise<Comparison> {
  context.log(network.name);
  const image = uniformArray(
    0,
    network.inputShape.reduce((size, extent) => size * extent, 1),
  );
  const best = ag.createWasmBackend();
  const plain = best.name === 'wasm' ? best : ag.createWasmBackend({ multiplyAdd: false });
  const ours: CheckedCase[] = [];
  for (const backend of new Set([plain, best])) ours.push(await ourCase({ network, image, backend }));
  ours.push(await ourCase({ network, image, backend: best, withGradient: true }));
  const peers = [await tfjsForward('wasm', network, image), await tfjsForward('cpu', network, image)];
  const onnx = await startOnnx();
  if (onnx) peers.push(await onnxForward(onnx, network, image));
  else context.log(`onnxruntime-web is not installed: npm install --no-save ${onnxPackage}`);
  for (const { timed, result } of [...ours, ...peers]) {
    checkAgreement(timed.name, [result, ours[0]!.result], tolerance);
  }
  const alternation = await alternate(
    [...ours, ...peers].map(({ timed }) => timed),
    shortTurns(context),
  );
  for (const one of [...ours, ...peers]) one.dispose();
  for (const backend of [plain, best]) backend.dispose();
  return { subject: network.name, ...alternation };
}

interface OurNetwork {
  readonly network: Network;
  readonly image: Float32Array;
  readonly backend: ag.Backend;
  readonly withGradient?: boolean;
}

/** Logits, and on request the gradient of one of them at the image. */
async function ourCase({ network, image, backend, withGradient = false }: OurNetwork): Promise<CheckedCase> {
  const leaf = ag.input('image', [1, ...network.inputShape]);
  const logits = network.build(graphBuilder, leaf);
  const outputs: Record<string, ag.Tensor> = { logits };
  if (withGradient) {
    const one = ag.slice(logits, { begin: [0, 7], size: [1, 1] });
    outputs.slope = ag.gradient(ag.sum(one), [leaf])[0]!;
  }
  const program = ag.compile({ inputs: [leaf], outputs }, backend);
  const arrays = { image: { data: image, shape: leaf.shape } };
  const results = await program.run(arrays);
  return {
    result: results.logits!.data,
    dispose: () => program.dispose(),
    timed: {
      name: `ours, ${backend.name}${withGradient ? gradientMark : ''}`,
      flop: 2 * program.plan.multiplyAdds,
      run: async () => void (await program.run(arrays)),
    },
  };
}

/** From the image's numbers to the logits' numbers, as ours. */
function tfjsForward(backend: TfjsBackend, network: Network, image: Float32Array): Promise<CheckedCase> {
  return tfjsCase(backend, () => {
    const { held, logitsOf } = buildTfjs(network);
    return {
      held,
      compute: () => {
        const result = logitsOf(tf.tensor4d(image, [1, ...network.inputShape]));
        result.dataSync();
        return result;
      },
    };
  });
}
