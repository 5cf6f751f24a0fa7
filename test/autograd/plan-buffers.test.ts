import {
  add,
  compile,
  exp,
  gradient,
  greater,
  input,
  mul,
  type Plan,
  relu,
  reshape,
  type Tensor,
  tanh,
  transpose,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { numbers, vector } from '../support/numbers.ts';
import { planInterpreter } from '../support/plan-interpreter.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';

const plain = planInterpreter({ fuses: false });
const x = input('x', [2, 3]);
const image = input('image', [1, 9, 8, 3]);

const planOf = (outputs: Record<string, Tensor>, inputs?: Tensor[]): Plan =>
  compile({ outputs, ...(inputs && { inputs }) }, plain).plan;
const sizeOf = (shape: readonly number[]) => shape.reduce((size, extent) => size * extent, 1);

/** Every write to a buffer, by step; an input is written before the first one. */
function writersOf({ values, inputs, steps }: Plan): { value: number; buffer: number; at: number }[] {
  const given = inputs.map((value) => ({ value, at: -1 }));
  const computed = steps.map(({ output }, at) => ({ value: output, at }));
  return [...given, ...computed].map((write) => ({ ...write, buffer: values[write.value]!.buffer }));
}

/** What is overwritten before its last reader, as text. Values that reshape others are left to the poisoned runs. */
function overwrittenTooEarly(plan: Plan): string[] {
  const writers = writersOf(plan);
  const reads = [
    ...plan.steps.flatMap(({ inputs }, at) => inputs.map((value) => ({ value, at }))),
    ...plan.outputs.map(({ value }) => ({ value, at: plan.steps.length })),
  ];
  return reads.flatMap(({ value, at }) => {
    const written = writers.find((write) => write.value === value);
    if (!written) return [];
    const spoiled = writers.find((write) => write.buffer === written.buffer && write.at > written.at && write.at < at);
    return spoiled ? [`value ${value}, read at ${at}, is overwritten by ${spoiled.value} at ${spoiled.at}`] : [];
  });
}

const networks: [string, Plan][] = [residualNet, branchingNet].map((net) => {
  const outputs: Record<string, Tensor> = net(image);
  const [slope] = gradient(Object.values(outputs)[0]!, [image]);
  return [net.name, planOf({ ...outputs, slope })];
});

describe.each(networks)('the buffers of %s', (_, plan) => {
  test('are never overwritten while their value is still to be read', () => {
    expect(overwrittenTooEarly(plan)).toEqual([]);
  });

  test('are never read and written by one step', () => {
    for (const { inputs, output } of plan.steps) {
      const read = inputs.map((id) => plan.values[id]!.buffer);
      expect(read).not.toContain(plan.values[output]!.buffer);
    }
  });

  test('have the size of every value in them, and constants have none', () => {
    for (const { shape, buffer, source } of plan.values) {
      if (source === 'constant') expect(buffer).toBe(-1);
      else expect(plan.buffers[buffer]).toBe(sizeOf(shape));
    }
  });

  test('count towards the bytes of every step that reads or writes them', () => {
    for (const { inputs, output, bytes } of plan.steps) {
      const touched = [...inputs, output].map((id) => sizeOf(plan.values[id]!.shape));
      expect(bytes).toBe(4 * touched.reduce((total, size) => total + size, 0));
    }
  });

  test('together are the peak, far below all values together', () => {
    expect(plan.peakBytes).toBe(4 * plan.buffers.reduce((total, size) => total + size, 0));
    const every = plan.steps.reduce((total, { shape }) => total + 4 * sizeOf(shape), 0);
    expect(plan.peakBytes).toBeLessThan(every);
  });
});

describe('buffers', () => {
  test('of a long chain are two, taken in turn', () => {
    let y: Tensor = x;
    for (let i = 0; i < 50; i++) y = tanh(y);
    const plan = planOf({ y });
    expect(plan.steps).toHaveLength(50);
    expect(plan.buffers).toEqual([6, 6]);
    expect(plan.peakBytes).toBe(48);
  });

  test('are all taken again when several are free at once', () => {
    const both = (from: Tensor) => add(exp(from), tanh(from));
    expect(planOf({ y: both(both(both(x))) }).buffers).toEqual([6, 6, 6]);
  });

  test('of an output live to the end', () => {
    const first = exp(x);
    let last: Tensor = first;
    for (let i = 0; i < 5; i++) last = tanh(last);
    const plan = planOf({ first, last });
    const { buffer } = plan.values[plan.outputs[0]!.value]!;
    expect(writersOf(plan).filter((write) => write.buffer === buffer)).toHaveLength(1);
  });

  test('are shared by a value and its reshapes, which keep it alive', async () => {
    const wide = exp(x);
    const tall = reshape(wide, [3, 2]);
    const busy = tanh(tanh(tanh(wide)));
    const y = mul(transpose(tall, [1, 0]), busy);
    const plan = planOf({ y });
    const [wideValue, tallValue] = [
      [2, 3],
      [3, 2],
    ].map((shape) => plan.values.find((value) => value.source === 'step' && value.shape.join() === shape.join()));
    expect(tallValue!.buffer).toBe(wideValue!.buffer);
    expect(overwrittenTooEarly(plan)).toEqual([]);
    const { y: result } = await compile({ outputs: { y } }, plain).run({
      x: { data: [0, 0, 0, 0, 0, 0], shape: [2, 3] },
    });
    expect(Array.from(result.data)).toEqual(new Array(6).fill(Math.tanh(Math.tanh(Math.tanh(1)))));
  });

  test('of inputs are free once they were read, and kept when they are listed but not needed', async () => {
    const unused = input('unused', [2, 3]);
    const plan = planOf({ y: tanh(tanh(tanh(x))) }, [x, unused]);
    expect(plan.inputs).toHaveLength(2);
    expect(plan.buffers.length).toBeLessThanOrEqual(3);
  });
});

describe('a result', () => {
  const values = { data: [1, -2, 3, -4, 5, -6], shape: [2, 3] };
  const run = async (outputs: Record<string, Tensor>) => compile({ inputs: [x], outputs }, plain).run({ x: values });

  test('may be an input', async () => {
    expect((await run({ y: x })).y).toEqual({ data: Float64Array.from(values.data), shape: [2, 3] });
  });

  test('may be a constant, or a repeated one', async () => {
    const { one, many } = await run({ one: vector(7, 8), many: add(mul(vector(1, 2, 3), 0), numbers(vector(4))[0]!) });
    expect(one!.data).toEqual(Float64Array.of(7, 8));
    expect(many!.data).toEqual(Float64Array.of(4, 4, 4));
  });

  test('may be a reshape, of an input or of a step', async () => {
    const { given, computed } = await run({ given: reshape(x, [6]), computed: reshape(relu(x), [3, 2]) });
    expect(given).toEqual({ data: Float64Array.from(values.data), shape: [6] });
    expect(computed).toEqual({ data: Float64Array.of(1, 0, 3, 0, 5, 0), shape: [3, 2] });
  });

  test('may have two names', async () => {
    const { first, second } = await run({ first: relu(x), second: relu(x) });
    expect(first).toEqual(second);
    expect(first!.data).not.toBe(second!.data);
  });

  test('may be a bool, as ones and zeros', async () => {
    expect((await run({ y: greater(x, 0) })).y!.data).toEqual(Float64Array.of(1, 0, 1, 0, 1, 0));
  });

  test('belongs to the caller: the next run does not touch it', async () => {
    const program = compile({ outputs: { y: relu(x) } }, plain);
    const first = await program.run({ x: values });
    const copy = structuredClone(first);
    await program.run({ x: { data: [9, 9, 9, 9, 9, 9], shape: [2, 3] } });
    expect(first).toEqual(copy);
  });
});
