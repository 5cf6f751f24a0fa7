import { Worker } from 'node:worker_threads';
import { type StartThreads, threadsFrom } from '../backends/wasm/threads/start-threads.ts';
import type { StartWorker } from '../backends/wasm/threads/start-worker.ts';

const prelude = `
const { parentPort } = process.getBuiltinModule('node:worker_threads');
const listen = (handler) => parentPort.on('message', handler);
const send = (message, transfer) => parentPort.postMessage(message, transfer);
`;

/** Starts the text in a worker thread. */
export const startWorker: StartWorker = (source, events) => {
  // A worker would take over flags such as --input-type, under which a text is no script.
  const worker = new Worker(prelude + source, { eval: true, execArgv: [], name: 'igos' });
  let gone = false;
  const end = (cause: unknown) => {
    if (!gone) events.failed(cause);
    gone = true;
  };
  worker.on('message', events.message);
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`it ended with exit code ${code}`)));
  return {
    post: (message) => worker.postMessage(message),
    setBusy: (busy) => (busy ? worker.ref() : worker.unref()),
    terminate: () => {
      gone = true;
      void worker.terminate();
    },
  };
};

/**
 * Threads for `createWasmBackend` in Node.
 *
 * ```ts
 * const backend = createWasmBackend({ threads: 2, startThreads });
 * ```
 */
export const startThreads: StartThreads = (options) => threadsFrom(startWorker)(options);
