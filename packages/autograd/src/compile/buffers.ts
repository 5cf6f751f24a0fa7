import { type Shape, sizeOf } from '../shape.ts';
import type { PlanStep } from './plan.ts';

interface BufferedValue {
  readonly id: number;
  readonly shape: Shape;
  readonly source: 'input' | 'constant' | 'step';
  /** The value whose buffer a reshape looks into. */
  readonly sharesWith?: number;
}

interface Use {
  readonly steps: readonly PlanStep[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Shares buffers between values that are never alive together: a buffer is free again after the last step that reads it.
 * A step's output never shares with its own inputs. Constants get none (−1).
 */
export function assignBuffers(values: readonly BufferedValue[], { steps, inputs, outputs }: Use) {
  const owner = (id: number): number => {
    const { sharesWith } = values[id];
    return sharesWith === undefined ? id : owner(sharesWith);
  };
  const lastRead = new Map<number, number>();
  steps.forEach((step, at) => {
    for (const id of [...step.inputs, step.output]) lastRead.set(owner(id), at);
  });
  for (const id of outputs) lastRead.set(owner(id), steps.length);

  const buffers: number[] = [];
  const bufferOf = new Array<number>(values.length).fill(-1);
  const free: number[] = [];
  const take = (id: number) => {
    const size = sizeOf(values[id].shape);
    const fits = free.filter((buffer) => buffers[buffer] === size);
    const buffer = fits.length > 0 ? fits[0] : buffers.push(size) - 1;
    if (fits.length > 0) free.splice(free.indexOf(buffer), 1);
    bufferOf[id] = buffer;
  };
  const endingAt = new Map<number, number[]>();
  for (const [id, at] of lastRead) endingAt.set(at, [...(endingAt.get(at) ?? []), id]);

  inputs.forEach(take);
  steps.forEach((step, at) => {
    take(step.output);
    for (const id of endingAt.get(at) ?? []) if (bufferOf[id] >= 0) free.push(bufferOf[id]);
  });
  values.forEach(({ id }) => {
    bufferOf[id] = bufferOf[owner(id)];
  });
  return { buffers, bufferOf };
}
