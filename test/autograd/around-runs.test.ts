import {
  aroundRuns,
  type Backend,
  compile,
  createWasmBackend,
  type Executable,
  type HostArray,
  input,
  mul,
  type Plan,
  type RunHooks,
  referenceBackend,
} from '@igos/autograd';
import { startThreads } from '@igos/autograd/node';
import { afterAll, describe, expect, test } from 'vitest';

const threaded = createWasmBackend({ threads: 2, startThreads });
afterAll(() => threaded.dispose());

/** Makes runs one after the other, as instances do: with private fields, getters and methods of a class. */
class Instance implements Backend {
  static readonly #inner = referenceBackend;
  readonly name = 'instance';
  readonly #log: string[];

  constructor(log: string[]) {
    this.#log = log;
  }

  get precision() {
    return Instance.#inner.precision;
  }
  get fuses() {
    return Instance.#inner.fuses;
  }
  get loops() {
    return Instance.#inner.loops;
  }
  get batch() {
    return this.#log.length + 1;
  }

  load(plan: Plan): Executable {
    this.#log.push('load');
    return new Loaded(Instance.#inner.load(plan), this.#log);
  }

  async threads() {
    return { count: 3 + this.#log.length };
  }

  dispose(): void {
    this.#log.push('dispose');
  }
}

class Loaded implements Executable {
  readonly #inner: Executable;
  readonly #log: string[];

  constructor(inner: Executable, log: string[]) {
    this.#inner = inner;
    this.#log = log;
  }

  async run(inputs: readonly HostArray[], timings?: Float64Array): Promise<HostArray[]> {
    this.#log.push('run');
    return this.#inner.run(inputs, timings);
  }

  async runAll(runs: readonly (readonly HostArray[])[], before: (run: number) => void): Promise<HostArray[][]> {
    const results: HostArray[][] = [];
    for (const [i, inputs] of runs.entries()) {
      before(i);
      results.push(await this.run(inputs));
    }
    return results;
  }

  dispose(): void {
    this.#log.push('dispose program');
  }
}

const x = (...data: number[]) => ({ x: { data, shape: [2] } });
const tenfold = (backend: Backend) => compile({ outputs: { y: mul(input('x', [2]), 10) } }, backend);
const valuesOf = ({ y }: { readonly y: HostArray }) => Array.from(y.data);

/** A program on an instance, which tells what happens in its order. */
function logged(hooks: (log: string[]) => RunHooks) {
  const log: string[] = [];
  const backend = aroundRuns(new Instance(log), hooks(log));
  const program = tenfold(backend);
  log.length = 0;
  return { log, backend, program };
}

const later = () => new Promise<void>((resume) => setTimeout(resume));

const all = (log: string[]): RunHooks => ({
  before: async () => {
    log.push('before');
    await later();
    log.push('begun');
  },
  each: () => void log.push('each'),
  after: async () => {
    log.push('after');
    await later();
    log.push('ended');
  },
});

describe('goes before, each, after', () => {
  test('around one run', async () => {
    const { log, program } = logged(all);
    expect(valuesOf(await program.run(x(1, 2)))).toEqual([10, 20]);
    expect(log).toEqual(['before', 'begun', 'each', 'run', 'after', 'ended']);
  });

  test('around several that are asked for at once', async () => {
    const { log, program } = logged(all);
    const results = await program.runAll([x(1, 2), x(3, 4)], { before: (run) => log.push(`run ${run}`) });
    expect(results.map(valuesOf)).toEqual([
      [10, 20],
      [30, 40],
    ]);
    const runs = ['run 0', 'each', 'run', 'run 1', 'each', 'run'];
    expect(log).toEqual(['before', 'begun', ...runs, 'after', 'ended']);
  });

  test('around each of several where the backend makes one at a time', async () => {
    let calls = 0;
    const program = tenfold(aroundRuns(referenceBackend, { before: () => void calls++ }));
    expect((await program.runAll([x(1, 2), x(3, 4), x(5, 6)])).map(valuesOf)).toEqual([
      [10, 20],
      [30, 40],
      [50, 60],
    ]);
    expect(calls).toBe(3);
  });

  test('around runs on threads', async () => {
    const counts = { before: 0, each: 0, after: 0 };
    const program = tenfold(
      aroundRuns(threaded, {
        before: () => void counts.before++,
        each: () => void counts.each++,
        after: () => void counts.after++,
      }),
    );
    const results = await program.runAll([x(1, 2), x(3, 4), x(5, 6)]);
    expect(results.map(valuesOf)[2]).toEqual([50, 60]);
    expect(counts).toEqual({ before: 1, each: 3, after: 1 });
    program.dispose();
  });
});

test('after has what went in and came out, a row a run', async () => {
  const seen: number[][][][] = [];
  const { program } = logged(() => ({
    after: (...sides) => void seen.push(sides.map((runs) => runs.map(([array]) => Array.from(array!.data)))),
  }));
  await program.run(x(1, 2));
  await program.runAll([x(3, 4), x(5, 6)]);
  expect(seen).toEqual([
    [[[1, 2]], [[10, 20]]],
    [
      [
        [3, 4],
        [5, 6],
      ],
      [
        [30, 40],
        [50, 60],
      ],
    ],
  ]);
});

describe('what fails fails the call', () => {
  const fail = (what: string) => () => {
    throw new Error(`no ${what}`);
  };
  const both = [
    ['run', (program: ReturnType<typeof tenfold>) => program.run(x(1, 2))],
    ['runAll', (program: ReturnType<typeof tenfold>) => program.runAll([x(1, 2), x(3, 4)])],
  ] as const;

  test.each(both)('before: %s does not begin', async (_, call) => {
    const { log, program } = logged((log) => ({ ...all(log), before: fail('pause') }));
    await expect(call(program)).rejects.toThrow('no pause');
    expect(log).toEqual([]);
  });

  test.each(both)('each: %s makes no more runs', async (_, call) => {
    const { log, program } = logged((log) => ({ ...all(log), each: fail('tick') }));
    await expect(call(program)).rejects.toThrow('no tick');
    expect(log).toEqual(['before', 'begun']);
  });

  test.each(both)('after: %s gives no results', async (_, call) => {
    const { program } = logged(() => ({ after: fail('room') }));
    await expect(call(program)).rejects.toThrow('no room');
  });

  test('a run that fails has no after', async () => {
    const broken: Backend = {
      ...referenceBackend,
      load: () => ({ run: () => Promise.reject(new Error('device lost')), dispose: () => undefined }),
    };
    let after = 0;
    const program = tenfold(aroundRuns(broken, { after: () => void after++ }));
    await expect(program.run(x(1, 2))).rejects.toThrow('device lost');
    expect(after).toBe(0);
  });
});

test('all other members are those of the backend, also of one that is an instance of a class', async () => {
  const { log, backend, program } = logged(() => ({}));
  expect([backend.name, backend.precision, backend.fuses, backend.loops]).toEqual(['instance', 'float64', false, true]);
  expect(backend.batch).toBe(1);
  await program.run(x(1, 2));
  expect([backend.batch, await backend.threads()]).toEqual([2, { count: 4 }]);
  program.dispose();
  backend.dispose();
  expect(log).toEqual(['run', 'dispose program', 'dispose']);
});

test('members that a backend has beside the usual ones keep their types, and a frozen one can be wrapped', () => {
  const frozen = Object.freeze({ ...referenceBackend, device: 'abacus' });
  const wrapped = aroundRuns(frozen, {});
  expect(wrapped.device.toUpperCase()).toBe('ABACUS');
  expect(wrapped.load).not.toBe(frozen.load);
  expect({ ...wrapped }.load, 'copies are wrapped, too').toBe(wrapped.load);
});

test('timings are handed on', async () => {
  const timing: Backend = {
    ...referenceBackend,
    load: (plan) => {
      const { run, dispose } = referenceBackend.load(plan);
      return { run: (inputs, timings) => run(inputs).finally(() => timings?.fill(7)), dispose };
    },
  };
  const times = await tenfold(aroundRuns(timing, { before: later })).profile(x(1, 2));
  expect(new Set(times.map(({ milliseconds }) => milliseconds))).toEqual(new Set([7]));
});
