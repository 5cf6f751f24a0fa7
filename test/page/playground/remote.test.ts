import { expect, test } from 'vitest';
import type { Failure } from '../../../packages/playground/src/engine/failure.ts';
import { connect, type Handlers } from '../../../packages/playground/src/engine/remote.ts';

/** A worker that answers when it is told to. */
class Answering extends EventTarget {
  readonly heard: unknown[] = [];

  postMessage(message: unknown): void {
    this.heard.push(message);
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

function open() {
  const worker = new Answering();
  const told: Failure[] = [];
  const onFailure = (failure: Failure) => void told.push(failure);
  const remote = connect<Handlers>(worker as unknown as Worker, { onFailure });
  const call = (signal?: AbortSignal) => remote.call('run', undefined as never, signal ? { signal } : {});
  return { worker, told, call };
}

test('a card that is lost is told of whoever meets it, before the caller hears it', async () => {
  const { worker, told, call } = open();
  const answer = call().catch((error: Error) => `${error.name} after ${told.length}`);
  worker.say({ id: 1, failure: { what: 'gpu-lost' } });
  expect(await answer).toBe('FailureError after 1');
  expect(told).toEqual([{ what: 'gpu-lost' }]);
});

test('a call that was aborted tells of no loss: its engine may have been dropped for another', async () => {
  const { worker, told, call } = open();
  const controller = new AbortController();
  const answer = call(controller.signal);
  controller.abort();
  expect(worker.heard.at(-1)).toEqual({ abort: 1 });
  worker.say({ id: 1, failure: { what: 'gpu-lost' } });
  await expect(answer).rejects.toThrow('gpu-lost');
  expect(told).toEqual([]);
});
