import { failureOf } from '../engine/failure-of.ts';
import { openBench } from './bench.ts';
import { closeDoors } from './close-doors.ts';
import type { News, Order } from './messages.ts';
import { faultOf, hearLostErrors, partOf } from './reader-code.ts';
import { tasks } from './tasks.ts';

/** Code of a reader may be deep inside of calls of the libraries. */
Error.stackTraceLimit = 100;

self.addEventListener(
  'message',
  async ({ data: { port, task, code, iterations, ...request } }: MessageEvent<Order>) => {
    const tell: (news: News) => void = port.postMessage.bind(port); // the reader's code may change what ports can do
    const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const fail = (error: unknown) => tell({ fault: faultOf(error, address) });
    hearLostErrors(fail);
    try {
      const bench = await openBench(request).catch((error: unknown) => {
        tell({ fault: { what: 'worker', failure: failureOf(error) } });
      });
      if (!bench) return;
      closeDoors();
      tell({ begun: true });
      tell({ answer: await tasks[task](await partOf(address), bench, { iterations }) });
    } catch (error) {
      fail(error);
    }
  },
  { once: true },
);
