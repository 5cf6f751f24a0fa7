import workerAddress from './bench-worker.ts?worker&url';
import type { Fault } from './fault.ts';
import type { News, Order } from './messages.ts';
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

/**
 * Runs a task in a worker of its own, which ends with it. The worker is made from a blob, so that the content policy of the
 * page holds in it, too.
 */
export function runApart<Name extends TaskName>(
  order: Omit<Order, 'port'> & { readonly task: Name },
  { signal, seconds }: Limits,
): Promise<Ending<AnswerOf<Name>>> {
  const start = `import ${JSON.stringify(new URL(workerAddress, document.baseURI).href)};`;
  const script = URL.createObjectURL(new Blob([start], { type: 'text/javascript' }));
  const worker = new Worker(script, { type: 'module', name: 'workbench' });
  const { port1: port, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const end = (ending: Ending<AnswerOf<Name>>) => {
      clearTimeout(timer);
      worker.terminate();
      port.close();
      URL.revokeObjectURL(script);
      resolve(ending);
    };
    const endIn = (limit: number) => setTimeout(() => end({ fault: { what: 'slow', seconds: limit } }), 1000 * limit);
    let timer = endIn(loadingSeconds);
    port.onmessage = ({ data: news }: MessageEvent<News>) => {
      if ('begun' in news) {
        clearTimeout(timer);
        timer = endIn(seconds);
      } else end(news as Ending<AnswerOf<Name>>);
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const { message: original } = event;
      const failure = original
        ? ({ what: 'unforeseen', original } as const)
        : ({ what: 'worker-not-started' } as const);
      end({ fault: { what: 'worker', failure } });
    });
    signal.addEventListener('abort', () => end({ fault: { what: 'stopped' } }), { once: true });
    if (signal.aborted) end({ fault: { what: 'stopped' } });
    else worker.postMessage({ ...order, port: port2 }, [port2]);
  });
}
