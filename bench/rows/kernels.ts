import { type Backend, createWasmBackend } from '@igos/autograd';
import { type CheckedCase, checkAgreement } from '../agreement.ts';
import { alternate, type Timing } from '../alternate.ts';
import { convolutions, depthwiseConvolutions, describeLayer, flopOf, type KernelLayer } from '../kernels/layers.ts';
import { drawData, type LayerData, ourForward, ourGradient } from '../kernels/ours.ts';
import { tfjsForward, tfjsGradient } from '../kernels/tfjs.ts';
import { loopNames, type RegisterLoop, registerLoops } from '../peaks/register-loop.ts';
import { startTfjs } from '../peers/tfjs.ts';
import {
  type Comparison,
  type Outcome,
  rateRatio,
  speedRatio,
  timingOf,
  type Value,
  worstOf,
} from '../results/outcome.ts';
import { atLeast, type Context, type Row, shortTurns } from '../results/row.ts';

/** float32 sums of a few thousand products, added in another order. */
const tolerance = 1e-5;

/** Shares of the register loop that are asked for with a fused multiply-add, which engines are not equally good at. */
const fusedBars = { node: atLeast(0.7, 0.8), chromium: atLeast(0.75, 0.9) };

/** Kernels on one thread. This file runs in Node and in pages. */
export function kernelRows(engine: keyof typeof fusedBars): readonly Row[] {
  return [
    {
      id: 'conv-forward',
      measure: '1×1 and 3×3 forward against the register loop, multiply and add',
      unit: 'share',
      bar: atLeast(0.85, 0.95),
    },
    { id: 'conv-forward-fma', measure: 'the same with fused multiply-add', unit: 'share', bar: fusedBars[engine] },
    {
      id: 'depthwise-forward',
      measure: 'depthwise forward against tfjs-wasm, multiply and add',
      unit: 'times',
      bar: atLeast(1.25, 1.6),
    },
    {
      id: 'conv-gradient',
      measure: '1×1 and 3×3 input gradient against tfjs-wasm, multiply and add',
      unit: 'times',
      bar: atLeast(10, 15),
    },
    {
      id: 'depthwise-gradient',
      measure: 'depthwise input gradient against tfjs-cpu (tfjs-wasm has none), multiply and add',
      unit: 'times',
    },
  ];
}

export async function runKernels(context: Context): Promise<Readonly<Record<string, Outcome>>> {
  await startTfjs();
  const bench = makeBench();
  try {
    const forward = await measure(convolutions, { ...bench, context, direction: 'forward' });
    const gradient = await measure(convolutions, { ...bench, context, direction: 'gradient' });
    const depthwise = await measure(depthwiseConvolutions, { ...bench, context, direction: 'forward' });
    const slopes = await measure(depthwiseConvolutions, { ...bench, context, direction: 'gradient' });
    return {
      'conv-forward': judge(forward, rateRatio, ['ours, wasm', loopNames.multiplyAndAdd]),
      'conv-forward-fma': bench.loops[1]
        ? judge(forward, rateRatio, ['ours, wasm-fma', loopNames.fused])
        : { error: 'this engine has no fused multiply-add (relaxed SIMD)' },
      'depthwise-forward': judge(depthwise, speedRatio, ['ours, wasm', 'tfjs-wasm']),
      'conv-gradient': judge(gradient, speedRatio, ['ours, wasm', 'tfjs-wasm']),
      'depthwise-gradient': judge(slopes, speedRatio, ['ours, wasm', 'tfjs-cpu']),
    };
  } finally {
    for (const backend of bench.backends) backend.dispose();
  }
}

interface Bench {
  /** With a fused multiply-add where the engine has it, always without. */
  readonly backends: readonly Backend[];
  /** Multiply and add; fused where the engine has it. */
  readonly loops: readonly RegisterLoop[];
}

function makeBench(): Bench {
  const best = createWasmBackend();
  const plain = createWasmBackend({ multiplyAdd: false });
  const hasFused = best.name === 'wasm-fma';
  return {
    backends: hasFused ? [plain, best] : [plain],
    loops: [registerLoops.multiplyAndAdd(), ...(hasFused ? [registerLoops.fused()] : [])],
  };
}

interface Round extends Bench {
  readonly context: Context;
  readonly direction: 'forward' | 'gradient';
}

async function measure(layers: readonly KernelLayer[], round: Round): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const layer of layers) comparisons.push(await compare(layer, round));
  return comparisons;
}

async function compare(layer: KernelLayer, { context, direction, backends, loops }: Round): Promise<Comparison> {
  const subject = `${direction}, ${describeLayer(layer)}`;
  context.log(subject);
  const data = drawData(layer);
  const forward = direction === 'forward';
  const ours: CheckedCase[] = [];
  for (const backend of backends) ours.push(await (forward ? ourForward : ourGradient)({ layer, data, backend }));
  const peers = await peersOf(layer, data, forward);
  for (const { timed, result } of [...ours, ...peers]) {
    checkAgreement(timed.name, [result, ours[0]!.result], tolerance);
  }
  const cases = [...ours, ...peers].map(({ timed }) => ({ ...timed, flop: flopOf(layer) }));
  const alternation = await alternate([...loops, ...cases], shortTurns(context));
  for (const one of [...ours, ...peers]) one.dispose();
  return { subject, ...alternation };
}

async function peersOf(layer: KernelLayer, data: LayerData, forward: boolean): Promise<CheckedCase[]> {
  const run = forward ? tfjsForward : tfjsGradient;
  const hasWasm = forward || layer.kind === 'conv';
  const cpu = await run({ layer, data, backend: 'cpu' });
  return hasWasm ? [await run({ layer, data, backend: 'wasm' }), cpu] : [cpu];
}

function judge(
  comparisons: readonly Comparison[],
  ratio: (ours: Timing, peer: Timing) => Value,
  [ours, peer]: readonly [string, string],
): Outcome {
  const judged = comparisons.map((one) => ({ ...one, value: ratio(timingOf(one, ours), timingOf(one, peer)) }));
  return { comparisons: judged, value: worstOf(judged), notes: [`the lowest of ${judged.length} layers`] };
}
