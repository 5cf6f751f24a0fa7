import {
  add,
  type Backend,
  compile,
  input,
  mul,
  referenceBackend,
  relu,
  ShapeError,
  square,
  sum,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';

const x = input('x', [2]);
const y = input('y', [2]);
const pair = (a: number, b: number) => ({ data: [a, b], shape: [2] });

describe('compile', () => {
  test('finds the inputs that the outputs depend on', () => {
    const { plan } = compile({ outputs: { z: mul(x, y) } }, referenceBackend);
    expect(plan.inputs.map((id) => plan.values[id]!.name)).toEqual(['x', 'y']);
  });

  test('keeps the order of listed inputs, and those that nothing needs', () => {
    const { plan } = compile({ inputs: [y, x], outputs: { z: relu(x) } }, referenceBackend);
    expect(plan.inputs.map((id) => plan.values[id]!.name)).toEqual(['y', 'x']);
  });

  test('refuses an output on an input that is not listed', () => {
    const build = () => compile({ inputs: [x], outputs: { z: mul(x, y) } }, referenceBackend);
    expect(build).toThrow("the outputs depend on input 'y', which is not listed");
  });

  test('refuses two inputs of one name', () => {
    const build = () => compile({ outputs: { z: mul(x, input('x', [2])) } }, referenceBackend);
    expect(build).toThrow("two inputs are called 'x'");
  });

  test('refuses to list what is no input', () => {
    const build = () => compile({ inputs: [x, relu(x)], outputs: { z: relu(x) } }, referenceBackend);
    expect(build).toThrow("compile needs inputs made by input(), got 'relu'");
  });

  test('says which backend the program runs on', () => {
    expect(compile({ outputs: { z: x } }, referenceBackend).backend).toBe('reference');
  });
});

describe('run', () => {
  const program = compile({ outputs: { z: add(mul(x, 10), y) } }, referenceBackend);

  test('takes arrays by name, in any order', async () => {
    const { z } = await program.run({ y: pair(1, 2), x: pair(3, 4) });
    expect(z).toEqual({ data: Float64Array.of(31, 42), shape: [2] });
  });

  test.each([
    ['a missing input', { x: pair(1, 2) }, "input 'y' is missing"],
    ['an unknown input', { x: pair(1, 2), y: pair(1, 2), w: pair(1, 2) }, "there is no input 'w'; inputs are x, y"],
    ['a wrong shape', { x: pair(1, 2), y: { data: [1, 2], shape: [2, 1] } }, "input 'y' needs shape [2], got [2, 1]"],
    ['too few values', { x: pair(1, 2), y: { data: [1], shape: [2] } }, 'an array of shape [2] needs 2 values, got 1'],
  ])('refuses %s', async (_, arrays, message) => {
    const failed = program.run(arrays);
    await expect(failed).rejects.toThrow(ShapeError);
    await expect(failed).rejects.toThrow(message);
  });

  test('does not take the names of Object.prototype for inputs', async () => {
    const odd = compile({ outputs: { z: relu(input('constructor', [2])) } }, referenceBackend);
    await expect(odd.run({})).rejects.toThrow("input 'constructor' is missing");
  });

  test('works again after a refused call', async () => {
    await expect(program.run({})).rejects.toThrow();
    await expect(program.run({ x: pair(0, 1), y: pair(5, 5) })).resolves.toMatchObject({ z: { shape: [2] } });
  });

  test('answers calls in their order, one at a time', async () => {
    const calls = [1, 2, 3, 4].map((each) => program.run({ x: pair(each, 0), y: pair(0, each) }));
    const results = await Promise.all(calls);
    expect(results.map(({ z }) => Array.from(z.data))).toEqual([1, 2, 3, 4].map((each) => [10 * each, each]));
  });

  test('never lets a backend run twice at once', async () => {
    let running = 0;
    let most = 0;
    const slow: Backend = {
      ...referenceBackend,
      load: (plan) => {
        const executable = referenceBackend.load(plan);
        return {
          ...executable,
          run: async (inputs) => {
            most = Math.max(most, ++running);
            await new Promise((resolve) => setTimeout(resolve, 2));
            running--;
            return executable.run(inputs);
          },
        };
      },
    };
    const queued = compile({ outputs: { z: square(x) } }, slow);
    const results = await Promise.all([queued.run({ x: pair(1, 2) }), queued.run({ x: pair(3, 4) })]);
    expect(most).toBe(1);
    expect(results.map(({ z }) => Array.from(z.data))).toEqual([
      [1, 4],
      [9, 16],
    ]);
  });
});

describe('profile', () => {
  test('gives a time and a name for every step', async () => {
    const program = compile({ outputs: { z: sum(relu(x)) } }, referenceBackend);
    const start = performance.now();
    const times = await program.profile({ x: pair(1, -1) });
    const whole = performance.now() - start;
    expect(times).toHaveLength(program.plan.steps.length);
    expect(times.flatMap(({ names }) => names)).toEqual(expect.arrayContaining(['relu', 'reduceSum']));
    expect(times.every(({ milliseconds }) => milliseconds >= 0 && milliseconds <= whole)).toBe(true);
  });
});

describe('dispose', () => {
  test('lets a later run fail with advice', async () => {
    const program = compile({ outputs: { z: square(x) } }, referenceBackend);
    program.dispose();
    await expect(program.run({ x: pair(1, 2) })).rejects.toThrow('this program was disposed; compile the graph again');
  });

  test('waits for the run that is under way', async () => {
    let busy = false;
    const busyWhenDisposed: boolean[] = [];
    const backend: Backend = {
      ...referenceBackend,
      load: (plan) => ({
        run: async () => {
          busy = true;
          await new Promise((resolve) => setTimeout(resolve, 2));
          busy = false;
          return plan.outputs.map(() => ({ data: new Float64Array(2), shape: [2] }));
        },
        dispose: () => void busyWhenDisposed.push(busy),
      }),
    };
    const program = compile({ outputs: { z: square(x) } }, backend);
    const run = program.run({ x: pair(1, 2) });
    await new Promise((resolve) => setTimeout(resolve));
    program.dispose();
    await expect(run).resolves.toBeDefined();
    program.dispose();
    expect(busyWhenDisposed, 'once, when the run was over').toEqual([false]);
  });
});
