import { type StartThreads, threadsFrom } from '../backends/wasm/threads/start-threads.ts';
import type { StartWorker } from '../backends/wasm/threads/start-worker.ts';

const prelude = `
const listen = (handler) => { self.onmessage = ({ data }) => handler(data); };
const send = (message, transfer) => self.postMessage(message, transfer);
`;

/** Starts the text in a worker thread. */
export const startWorker: StartWorker = (source, { message, failed }) => {
  const address = URL.createObjectURL(new Blob([prelude, source], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'igos' });
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(address); // the first message tells that the text was read
    message(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    failed(new Error(event.message || 'the page does not allow workers from blob: addresses'));
  };
  worker.onmessageerror = () => failed(new Error('a message could not be read'));
  return {
    post: (data) => worker.postMessage(data),
    setBusy: () => undefined,
    terminate: () => worker.terminate(),
  };
};

/**
 * Threads for `createWasmBackend` in a page or in a worker of one. A content policy has to allow them
 * (`worker-src blob:`); where it does not, the backend goes on with one thread.
 *
 * ```ts
 * const backend = createWasmBackend({ threads: navigator.hardwareConcurrency, startThreads });
 * ```
 */
export const startThreads: StartThreads = (options) => threadsFrom(startWorker)(options);
