import type { BenchRequest } from './bench.ts';
import type { Fault } from './fault.ts';
import type { TaskName } from './tasks.ts';

/** The one message to a worker. It answers through the port, which the reader's code does not know. */
export interface Order extends BenchRequest {
  readonly task: TaskName;
  readonly code: string;
  readonly port: MessagePort;
}

/** What a worker tells: first that everything is there and the code begins, then how it ended. */
export type News = { readonly begun: true } | { readonly answer: unknown } | { readonly fault: Fault };
