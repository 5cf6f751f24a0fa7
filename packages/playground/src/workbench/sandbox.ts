import { type Failure, failureIn } from '../engine/failure.ts';
import { openClosedFrame } from './closed-frame.ts';
import type { Fault } from './fault.ts';
import type { News, Order, Trial } from './messages.ts';
import { fetchSupplies } from './supplies.ts';
import type { AnswerOf, TaskName } from './tasks.ts';

/** How a task ended. */
export type Ending<Answer> = { readonly answer: Answer } | { readonly fault: Fault };

interface Limits {
  readonly signal: AbortSignal;
  /** How long the code may take, from when it begins. */
  readonly seconds: number;
}

/** Seconds for network, picture and libraries to be there; they are small. */
const loadingSeconds = 60;

/** Runs a task in a worker of its own, which ends with it and can reach nothing but the page. */
export function runApart<Name extends TaskName>(
  trial: Trial & { readonly task: Name },
  { signal, seconds }: Limits,
): Promise<Ending<AnswerOf<Name>>> {
  const frame = openClosedFrame();
  const { port1: port, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const end = (ending: Ending<AnswerOf<Name>>) => {
      clearTimeout(timer);
      frame.close();
      port.close();
      resolve(ending);
    };
    const fail = (failure: Failure) => end({ fault: { what: 'worker', failure } });
    const endIn = (limit: number) => setTimeout(() => end({ fault: { what: 'slow', seconds: limit } }), 1000 * limit);
    const begin = async () => {
      const { script, bench } = await fetchSupplies(trial);
      const worker = await frame.startWorker(script);
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        const { message: original } = event;
        fail(original ? { what: 'unforeseen', original } : { what: 'worker-not-started' });
      });
      const { task, code, iterations } = trial;
      worker.postMessage({ ...bench, task, code, iterations, port: port2 } satisfies Order, [port2]);
    };
    let timer = endIn(loadingSeconds);
    port.onmessage = ({ data: news }: MessageEvent<News>) => {
      if ('begun' in news) {
        clearTimeout(timer);
        timer = endIn(seconds);
      } else end(news as Ending<AnswerOf<Name>>);
    };
    signal.addEventListener('abort', () => end({ fault: { what: 'stopped' } }), { once: true });
    if (signal.aborted) end({ fault: { what: 'stopped' } });
    else begin().catch((error: unknown) => fail(failureIn(error)));
  });
}
