import { type Shape, sizeOf } from '../shape.ts';
import { findLifetimes } from './lifetimes.ts';
import type { PlanLoop, PlanStep } from './plan.ts';

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
  readonly loop?: PlanLoop | undefined;
}

/**
 * Shares buffers between values that are never alive together: a buffer is free again after the last step that reads it.
 * A step's output never shares with its own inputs. Constants get none (−1).
 */
export function assignBuffers(values: readonly BufferedValue[], use: Use) {
  const owner = (id: number): number => {
    const { sharesWith } = values[id];
    return sharesWith === undefined ? id : owner(sharesWith);
  };
  const lifetimes = [...findLifetimes(use, owner)].filter(([id]) => values[id].source !== 'constant');
  const buffers: number[] = [];
  const held = new Map<number, number>();
  const free: number[] = [];
  const take = (id: number) => {
    const size = sizeOf(values[id].shape);
    const fits = free.find((buffer) => buffers[buffer] === size);
    if (fits !== undefined) free.splice(free.indexOf(fits), 1);
    held.set(id, fits ?? buffers.push(size) - 1);
  };
  for (let at = -1; at < use.steps.length; at++) {
    for (const [id, { born }] of lifetimes) if (born === at) take(id);
    for (const [id, { dies }] of lifetimes) if (dies === at) free.push(held.get(id) as number);
  }
  return { buffers, bufferOf: (id: number) => held.get(owner(id)) ?? -1 };
}
