import type { CheckedCase } from '../agreement.ts';
import type { Network } from '../networks/network.ts';
import { buildOnnx } from '../networks/onnx.ts';

/** The version that was tried; it weighs 148 MB, so it takes part only where somebody installed it. */
export const onnxPackage = 'onnxruntime-web@1.30.0';

/** As much of onnxruntime-web as is used; its own types are there only when it is installed. */
interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly InferenceSession: {
    create(model: Uint8Array, options: { readonly executionProviders: readonly string[] }): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown;
}

interface OnnxSession {
  run(feeds: Readonly<Record<string, unknown>>): Promise<Record<string, { readonly data: Float32Array }>>;
  release(): Promise<void>;
}

/** @returns  undefined where onnxruntime-web is not installed */
export async function startOnnx(): Promise<OnnxRuntime | undefined> {
  const optional: string = 'onnxruntime-web'; // a variable, because TypeScript cannot find what is not installed
  const runtime: OnnxRuntime | undefined = await import(optional).catch(() => undefined);
  if (runtime) runtime.env.wasm.numThreads = 1;
  return runtime;
}

/** @param image  `[h, w, c]` */
export async function onnxForward(runtime: OnnxRuntime, network: Network, image: Float32Array): Promise<CheckedCase> {
  const session = await runtime.InferenceSession.create(buildOnnx(network), { executionProviders: ['wasm'] });
  const [height, width, channels] = network.inputShape;
  const planes = new Float32Array(image.length);
  image.forEach((value, i) => {
    planes[(i % channels) * height * width + Math.floor(i / channels)] = value;
  });
  const run = () => session.run({ image: new runtime.Tensor('float32', planes, [1, channels, height, width]) });
  const first = await run();
  return {
    result: first.logits!.data.slice(),
    dispose: () => void session.release(),
    timed: { name: 'onnxruntime-web', run: async () => void (await run()) },
  };
}
