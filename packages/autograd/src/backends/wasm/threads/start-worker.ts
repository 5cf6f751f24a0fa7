/** What comes from a worker. */
export interface WorkerEvents {
  readonly message: (data: unknown) => void;
  /** The worker is gone, or was never there. */
  readonly failed: (cause: unknown) => void;
}

/** A worker thread. */
export interface WorkerHandle {
  readonly post: (message: unknown) => void;
  /** A process need not wait for a worker that has nothing to do. */
  readonly setBusy: (busy: boolean) => void;
  readonly terminate: () => void;
}

/**
 * Starts a worker thread that runs a program text. In it `listen(handler)` takes the messages that are posted to the
 * worker, and `send(message, transfer)` sends one back. `@igos/autograd/node` and `/browser` each have one.
 */
export type StartWorker = (source: string, events: WorkerEvents) => WorkerHandle;
