import { aroundRuns, type Backend } from '@igos/autograd';

/** The backend with a pause before each run, in which the worker hears its messages: to be stopped, for one. */
export function withPauses(backend: Backend): Backend {
  return aroundRuns(backend, { before: nextTask });
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Without the four milliseconds that timers wait. */
function nextTask(): Promise<void> {
  return new Promise((resume) => {
    waiting.push(resume);
    channel.port2.postMessage(undefined);
  });
}
