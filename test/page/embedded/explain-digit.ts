import { createWasmBackend, type StartWorker, threadsFrom } from '@igos/autograd';
import { fetchReader, startWorker } from '@igos/autograd/browser';
import { loadModel } from '@igos/autograd/tfjs';
import { baselines, createMaskProblem, explain, explainToEnd, makeBaseline, scoreOfModel } from 'igos';

export interface Explained {
  /** The mask's bytes, in hexadecimal. */
  readonly mask: string;
  /** Threads that answered, and whether they share one memory. */
  readonly threads: number;
  readonly shared: boolean;
}

/** What a page that embeds the packages does: explain a digit, with two threads where it may have them. */
export async function explainDigit(modelFolder: URL): Promise<Explained> {
  let threads = 0;
  let shared = false;
  const counting: StartWorker = (source, events) => {
    const handle = startWorker(source, {
      ...events,
      message: (data) => {
        if ((data as { ready?: boolean }).ready) threads++;
        events.message(data);
      },
    });
    const post = (message: unknown) => {
      shared ||= (message as { shared?: unknown }).shared !== undefined;
      handle.post(message);
    };
    return { ...handle, post };
  };
  const backend = createWasmBackend({
    threads: 2,
    startThreads: threadsFrom(counting),
    multiplyAdd: false,
    splitFrom: 0,
  });
  const model = await loadModel(fetchReader(modelFolder));
  const image = {
    data: Float32Array.from({ length: 784 }, (_, i) => (i % 28 > 12 && i % 28 < 16 ? 1 : 0)),
    shape: [28, 28, 1],
  };
  const score = scoreOfModel(model, { target: { kind: 'index', index: 1 } });
  const problem = createMaskProblem({ score, image, baseline: makeBaseline(baselines.blur, image), backend });
  const { mask } = await explainToEnd(explain(problem, { iterations: 2 }));
  backend.dispose();
  const bytes = new Uint8Array(mask.data.buffer, mask.data.byteOffset, mask.data.byteLength);
  return { mask: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''), threads, shared };
}
