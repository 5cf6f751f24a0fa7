import { type Failure, FailureError } from './failure.ts';

/** Calls from the page to a worker: one request, any number of updates, one answer or an error; each can be aborted. */

/** What a worker can do. */
export type Handlers = Readonly<Record<string, (request: never, context: CallContext<never>) => Promise<unknown>>>;

export interface CallContext<Update> {
  readonly signal: AbortSignal;
  update(update: Update): void;
}

export type RequestOf<H extends Handlers, Name extends keyof H> = Parameters<H[Name]>[0];
export type AnswerOf<H extends Handlers, Name extends keyof H> = Awaited<ReturnType<H[Name]>>;
export type UpdateOf<H extends Handlers, Name extends keyof H> =
  Parameters<H[Name]>[1] extends CallContext<infer Update> ? Update : never;

type ToWorker = { readonly id: number; readonly name: string; readonly request: unknown } | { readonly abort: number };

type FromWorker =
  | { readonly id: number; readonly update: unknown }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: Failure };

/** In the worker: answers calls until it ends. `failureOf` makes data of what a handler throws. */
export function serve(handlers: Handlers, failureOf: (error: unknown) => Failure): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker) => self.postMessage(message);
  self.addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
    if ('abort' in data) {
      running.get(data.abort)?.abort();
      return;
    }
    const { id, name, request } = data;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handle = handlers[name];
      if (!handle) throw new Error(`the worker cannot do '${name}'`);
      const update = (value: unknown) => post({ id, update: value });
      post({ id, answer: await handle(request as never, { signal: controller.signal, update } as never) });
    } catch (error) {
      post({ id, failure: failureOf(error) });
    } finally {
      running.delete(id);
    }
  });
}

export interface Remote<H extends Handlers> {
  /** @throws FailureError */
  call<Name extends keyof H & string>(
    name: Name,
    request: RequestOf<H, Name>,
    options?: { readonly signal?: AbortSignal; readonly onUpdate?: (update: UpdateOf<H, Name>) => void },
  ): Promise<AnswerOf<H, Name>>;
}

interface Call {
  readonly signal: AbortSignal | undefined;
  readonly onUpdate: (update: unknown) => void;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * In the page: calls what the worker serves.
 *
 * @param onFailure  told of every call that failed and was not aborted, before its caller
 */
export function connect<H extends Handlers>(
  worker: Worker,
  { onFailure }: { readonly onFailure: (failure: Failure) => void },
): Remote<H> {
  const calls = new Map<number, Call>();
  const fail = (failure: Failure) => {
    for (const { reject } of calls.values()) reject(new FailureError(failure));
    calls.clear();
  };
  let isStarted = false;
  let isBroken = false;
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    isStarted = true;
    const call = calls.get(data.id);
    if (!call) return;
    if ('update' in data) return call.onUpdate(data.update);
    calls.delete(data.id);
    if (!('failure' in data)) return call.resolve(data.answer as never);
    if (!call.signal?.aborted) onFailure(data.failure);
    call.reject(new FailureError(data.failure));
  });
  worker.addEventListener('error', ({ message }) => {
    isBroken ||= !isStarted;
    fail(isBroken ? { what: 'worker-not-started' } : { what: 'unforeseen', original: message });
  });
  let last = 0;
  const post = (message: ToWorker) => worker.postMessage(message);
  return {
    call: (name, request, { signal, onUpdate = () => undefined } = {}) => {
      const id = ++last;
      return new Promise((resolve, reject) => {
        calls.set(id, { signal, onUpdate: onUpdate as (update: unknown) => void, resolve, reject });
        signal?.addEventListener('abort', () => post({ abort: id }), { once: true });
        post({ id, name, request });
        if (isBroken) fail({ what: 'worker-not-started' }); // nobody is there to answer
        if (signal?.aborted) post({ abort: id });
      });
    },
  };
}
