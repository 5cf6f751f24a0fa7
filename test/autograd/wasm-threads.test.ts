import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as ag from '@igos/autograd';
import { startThreads, startWorker } from '@igos/autograd/node';
import { afterEach, describe, expect, test } from 'vitest';
import { graphOfCase, opCases } from '../support/op-cases.ts';
import { seededValues } from '../support/seeded.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';
import { runOn } from '../support/wasm-compare.ts';

const shape = [1, 17, 19, 3];
const image = ag.input('image', shape);
const scale = ag.input('scale', [1]);
const scaled = ag.mul(image, ag.reshape(scale, [1, 1, 1, 1]));
const score = ag.add(
  ag.sum(ag.square(residualNet(scaled).logits), { axes: [1] }),
  ag.sum(branchingNet(scaled).y, { axes: [1] }),
);
const [slope] = ag.gradient(score, [scaled]);
const inputs = [image, scale];
const outputs = { score, slope: slope! };
const photo = (seed: number) => ({ data: seededValues(seed, 17 * 19 * 3), shape });
const arrays = (seed: number) => ({ image: photo(seed), scale: { data: [0.5 + seed / 7], shape: [1] } });
const loop = { each: [scale], sums: ['slope'] as const, turns: 4 };
const turnsOf = (seed: number) => ({ image: photo(seed), scale: { data: [0.2, 0.5, 0.9, 1.4], shape: [4, 1] } });

const opened: ag.Backend[] = [];
afterEach(() => opened.splice(0).forEach((backend) => void backend.dispose()));

/** A backend that gives even the smallest run to its threads. */
function threaded(options: ag.WasmOptions): ag.Backend {
  const backend = ag.createWasmBackend({ multiplyAdd: false, poison: true, splitFrom: 0, startThreads, ...options });
  opened.push(backend);
  return backend;
}

describe.each([
  { threads: 2, shareMemory: true },
  { threads: 3, shareMemory: true },
  { threads: 7, shareMemory: true },
  { threads: 2, shareMemory: false },
])('$threads threads, with shared memory: $shareMemory', (options) => {
  const single = ag.createWasmBackend({ multiplyAdd: false });

  test('give the bytes of one thread, for one run and for several at once', async () => {
    const backend = threaded(options);
    const runs = [1, 2, 3, 4, 5].map(arrays);
    const expected = await ag.compile({ inputs, outputs }, single).runAll(runs);
    const program = ag.compile({ inputs, outputs }, backend);
    expect(await program.run(runs[0]!)).toEqual(expected[0]);
    expect(await program.runAll(runs)).toEqual(expected);
    expect(await program.run(runs[3]!)).toEqual(expected[3]);
  });

  test('give the bytes of one thread for loops', async () => {
    const runs = [1, 2, 3].map(turnsOf);
    const expected = await ag.compile({ inputs, outputs, loop }, single).runAll(runs);
    const program = ag.compile({ inputs, outputs, loop }, threaded(options));
    expect(await program.runAll(runs)).toEqual(expected);
    expect(await program.run(runs[1]!)).toEqual(expected[1]);
  });

  test('work on several programs at once', async () => {
    const backend = threaded(options);
    const runs = [1, 2, 3].map(arrays);
    const first = ag.compile({ inputs, outputs }, backend);
    const second = ag.compile({ inputs, outputs: { slope: slope!, shifted: ag.exp(score) } }, backend);
    const third = ag.compile({ inputs, outputs: { score } }, backend);
    const alone = [await first.runAll(runs), await second.run(runs[0]!), await third.run(runs[2]!)];
    const together = await Promise.all([first.runAll(runs), second.run(runs[0]!), third.run(runs[2]!)]);
    expect(together).toEqual(alone);
  });

  test('forget programs, and find new ones where old ones were', async () => {
    const backend = threaded(options);
    for (let round = 0; round < 4; round++) {
      const weight = ag.constant({ data: seededValues(round, 25), shape: [5, 5] });
      const x = ag.input('x', [3, 5]);
      const given = { x: { data: seededValues(9, 15), shape: [3, 5] } };
      const graph = { inputs: [x], outputs: { y: ag.matmul(x, weight) } };
      const program = ag.compile(graph, backend);
      expect(await program.run(given)).toEqual(await ag.compile(graph, single).run(given));
      program.dispose();
    }
  });
});

test('a run under way keeps its memory while larger programs are compiled', async () => {
  /** Whether the threads may go on, and how many are there. */
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const start: ag.StartWorker = (source, events) => {
    const waiting = 'Atomics.add(gate, 1, 1); Atomics.wait(gate, 0, 0); const wait =';
    const keeping = 'let gate; handlers.gate = (message) => { gate = message.gate; };';
    const handle = startWorker(`${source.replace('const wait =', waiting)}\n${keeping}`, events);
    handle.post({ kind: 'gate', gate });
    return handle;
  };
  const backend = threaded({ threads: 2, startThreads: ag.threadsFrom(start) });
  const running = ag.compile({ inputs, outputs }, backend).run(arrays(1));
  while (Atomics.load(gate, 1) < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  for (const rows of [10_000, 20_000, 40_000]) {
    const weights = Array.from({ length: 20 }, (_, i) => ag.constant({ data: seededValues(i, 2500), shape: [50, 50] }));
    const y = weights.reduce<ag.Tensor>((x, weight) => ag.matmul(x, weight), ag.input('x', [rows, 50]));
    ag.compile({ outputs: { y } }, backend);
  }
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  expect(await running).toEqual(
    await ag.compile({ inputs, outputs }, ag.createWasmBackend({ multiplyAdd: false })).run(arrays(1)),
  );
});

test('two threads run every op and its gradients as one thread does', async () => {
  const [one, two] = [ag.createWasmBackend({ multiplyAdd: false }), threaded({ threads: 2 })];
  for (const opCase of opCases) {
    const graph = graphOfCase(opCase);
    expect(await runOn(two, graph), opCase.name).toEqual(await runOn(one, graph));
  }
});

test('a small program stays on the calling thread', async () => {
  let started = 0;
  const posted: unknown[] = [];
  const backend = ag.createWasmBackend({
    threads: 2,
    startThreads: ag.threadsFrom((source, events) => {
      started++;
      const handle = startWorker(source, events);
      const post = (message: unknown) => {
        posted.push(message);
        handle.post(message);
      };
      return { ...handle, post };
    }),
  });
  opened.push(backend);
  await ag.compile({ inputs, outputs }, backend).run(arrays(1));
  expect(started).toBe(2);
  expect(posted.map((message) => (message as { kind: string }).kind)).toEqual(['start', 'start']);
});

test('before a run begins on any thread its number is told, and a refusal ends the work', async () => {
  const program = ag.compile({ inputs, outputs }, threaded({ threads: 2 }));
  const begun: number[] = [];
  const stopped = program.runAll([1, 2, 3, 4, 5, 6].map(arrays), {
    before: (run) => {
      begun.push(run);
      if (run === 3) throw new Error('time is up');
    },
  });
  await expect(stopped).rejects.toThrow('time is up');
  expect(begun).toEqual([0, 1, 2, 3]);
  expect((await program.run(arrays(1))).score.data[0]).not.toBeNaN();
});

describe('a thread that dies', () => {
  /** Threads that can be killed from outside: as the engine or the system would, without a word. */
  function mortal() {
    const kills: (() => void)[] = [];
    const start: ag.StartWorker = (source, events) => {
      const handle = startWorker(`${source}\nhandlers.die = () => process.exit(7);`, events);
      kills.push(() => handle.post({ kind: 'die' }));
      return handle;
    };
    return { start, kills };
  }

  test.each([true, false])(
    'is an error with its cause, and the next run starts new ones (shared memory: %s)',
    async (shareMemory) => {
      const { start, kills } = mortal();
      const backend = threaded({ threads: 2, startThreads: ag.threadsFrom(start), shareMemory });
      const program = ag.compile({ inputs, outputs }, backend);
      const expected = await program.run(arrays(1));
      kills[0]!();
      await expect(program.runAll([1, 2, 3].map(arrays))).rejects.toThrow(
        'thread 0 of the wasm backend died: it ended with exit code 7',
      );
      expect(await program.run(arrays(1))).toEqual(expected);
      expect(kills).toHaveLength(4);
    },
  );

  test('while the others wait for it is no hang', async () => {
    const { start, kills } = mortal();
    const program = ag.compile({ inputs, outputs }, threaded({ threads: 3, startThreads: ag.threadsFrom(start) }));
    await program.run(arrays(1));
    kills[1]!();
    await expect(program.run(arrays(1))).rejects.toThrow(/thread 1 of the wasm backend died/);
  });

  test.each([2, 3])(
    'where %i threads meet leaves nobody waiting in the next run',
    async (threads) => {
      let started = 0;
      // The last of the first threads comes when all others are waiting for it, and dies.
      const last = threads - 1;
      const death = `if (run.thread === ${last}) {
      while (Atomics.load(words, run.barrier / 4) < ${last});
      process.exit(7);
    }
    const wait =`;
      const start: ag.StartWorker = (source, events) =>
        startWorker(started++ < threads ? source.replace('const wait =', death) : source, events);
      const program = ag.compile({ inputs, outputs }, threaded({ threads, startThreads: ag.threadsFrom(start) }));
      await expect(program.run(arrays(1))).rejects.toThrow(`thread ${last} of the wasm backend died`);
      const expected = await ag
        .compile({ inputs, outputs }, ag.createWasmBackend({ multiplyAdd: false }))
        .run(arrays(1));
      expect(await program.run(arrays(1))).toEqual(expected);
      expect(started).toBe(2 * threads);
    },
    10_000,
  );

  test('in its own code says where', async () => {
    const broken: ag.StartWorker = (source, events) =>
      startWorker(
        source.replace('const wait =', 'if (run.thread === 1) throw new Error("a bug"); const wait ='),
        events,
      );
    const program = ag.compile({ inputs, outputs }, threaded({ threads: 2, startThreads: ag.threadsFrom(broken) }));
    await expect(program.run(arrays(1))).rejects.toThrow(/thread 1 of the wasm backend failed: Error: a bug/);
  });
});

describe('where threads are not to be had', () => {
  test.each<[string, ag.StartWorker]>([
    [
      'because they fail to start',
      (_, events) => {
        setTimeout(() => events.failed(new Error('a policy forbids it')));
        return { post: () => undefined, setBusy: () => undefined, terminate: () => undefined };
      },
    ],
    [
      'because starting them throws',
      () => {
        throw new Error('no workers here');
      },
    ],
  ])('%s, one does everything', async (_, start) => {
    const program = ag.compile({ inputs, outputs }, threaded({ threads: 2, startThreads: ag.threadsFrom(start) }));
    const expected = await ag.compile({ inputs, outputs }, ag.createWasmBackend({ multiplyAdd: false })).run(arrays(1));
    expect(await program.run(arrays(1))).toEqual(expected);
    expect(await program.runAll([1, 1].map(arrays))).toEqual([expected, expected]);
  });
});

test.each([
  [{ threads: 0 }, 'threads must be an integer from 1 to 64, got 0'],
  [{ threads: 65 }, 'threads must be an integer from 1 to 64, got 65'],
  [{ threads: 1.5 }, 'threads must be an integer from 1 to 64, got 1.5'],
  [{ threads: 2 }, '2 threads need startThreads of @igos/autograd/node or @igos/autograd/browser'],
])('%o is refused', (options, message) => {
  expect(() => ag.createWasmBackend(options)).toThrow(message);
});

test('after the backend was disposed of, its programs fail', async () => {
  const backend = threaded({ threads: 2 });
  const program = ag.compile({ inputs, outputs }, backend);
  const running = program.run(arrays(1));
  backend.dispose();
  await expect(running).rejects.toThrow('the wasm backend was disposed');
  const alone = ag.createWasmBackend();
  const programAlone = ag.compile({ inputs, outputs }, alone);
  await programAlone.run(arrays(1));
  alone.dispose();
  await expect(programAlone.run(arrays(1))).rejects.toThrow('the wasm backend was disposed');
});

test('a backend tells how many threads compute, and why not more', async () => {
  const two = threaded({ threads: 2 });
  expect(await two.threads?.()).toEqual({ count: 2 });
  expect(await ag.createWasmBackend().threads?.()).toEqual({ count: 1 });
  const none = ag.threadsFrom(() => {
    throw new Error('not here');
  });
  const use = await threaded({ threads: 2, startThreads: none }).threads?.();
  expect(use).toMatchObject({ count: 1, failure: { message: 'no thread could be started: not here' } });
});

test('a process waits for a run under way, and ends without waiting for idle threads', async () => {
  const script = `
    const { createWasmBackend, compile, input, matmul } = await import('@igos/autograd');
    const { startThreads } = await import('@igos/autograd/node');
    const x = input('x', [64, 64]);
    const program = compile({ outputs: { y: matmul(x, x) } }, createWasmBackend({ threads: 2, startThreads, splitFrom: 0 }));
    const data = new Float32Array(4096).fill(1);
    const { y } = await program.run({ x: { data, shape: [64, 64] } });
    console.log(y.data[0]);`;
  const args = ['--conditions=@igos/source', '--import=tsx', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
  expect(stdout.trim()).toBe('64');
});
