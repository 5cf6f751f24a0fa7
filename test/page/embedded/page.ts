import { explainDigit } from './explain-digit.ts';

/** Shows what came out, or what went wrong, as text. */
async function show(explained: Promise<unknown>): Promise<void> {
  const text = await explained.then(JSON.stringify, (error: unknown) => `failed: ${error}`);
  document.body.dataset.result = text;
}

function inWorker(): Promise<unknown> {
  const worker = new Worker(new URL('./worker.js', location.href), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

const models = new URL('./models/digits/', location.href);
await show(location.hash === '#worker' ? inWorker() : explainDigit(models));
