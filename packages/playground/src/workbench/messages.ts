import type { BenchRequest } from './bench.ts';
import type { Fault } from './fault.ts';
import type { TaskName } from './tasks.ts';

/** What is to be done with a reader's code. */
export interface Trial {
  readonly task: TaskName;
  readonly code: string;
  /** Address of the network's folder, with a slash at its end. */
  readonly model: string;
  /** Address of the picture. */
  readonly picture: string;
  /** Steps of masks that are made with it. */
  readonly iterations: number;
}

/** The one message to a worker. It answers through the port, which the reader's code does not know. */
export interface Order extends BenchRequest, Pick<Trial, 'task' | 'code' | 'iterations'> {
  readonly port: MessagePort;
}

/** What a worker tells: first that everything is there and the code begins, then how it ended. */
export type News = { readonly begun: true } | { readonly answer: unknown } | { readonly fault: Fault };
