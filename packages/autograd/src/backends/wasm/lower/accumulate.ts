import type { PlanStep } from '../../../compile/plan.ts';
import { chainOfTwo } from '../kernels/chain.ts';
import type { LowerContext } from './context.ts';
import { mergeLoops } from './loops.ts';
import { emitMap } from './map.ts';

/**
 * Adds a step's input to its output, which keeps what it has. Each element is added once, so no tile may slide back over
 * elements that are done: whole vectors are one call, and what is left over of each innermost run another.
 */
export function lowerAccumulate(ctx: LowerContext, step: PlanStep): void {
  const [total, added] = [ctx.stored(step.output), ctx.stored(step.inputs[0])];
  const strides = (axis: number) => [total.layout.strides[axis], added.layout.strides[axis]];
  const loops = mergeLoops(step.shape.map((extent, axis) => ({ extent, strides: strides(axis) })));
  const inner = loops.pop() ?? { extent: 1, strides: [1, 1] };
  const whole = inner.extent - (inner.extent % 4);
  const addPart = (extent: number, from: number) => {
    const walks = [total, added].map((stored, i) => ({
      stored,
      start: from * inner.strides[i],
      strides: [...loops, inner].map((loop) => loop.strides[i]),
    }));
    emitMap(ctx, {
      extents: [...loops.map((loop) => loop.extent), extent],
      out: walks[0],
      inputs: walks,
      chain: chainOfTwo('add'),
    });
  };
  addPart(whole, 0);
  addPart(inner.extent - whole, whole);
}
