import type { Plan } from '../../../../compile/plan.ts';
import { type Shape, sizeOf } from '../../../../shape.ts';
import { type Halo, haloLayout, type Layout, noHalo } from '../../memory/layout.ts';
import type { KeptStep } from '../conditions.ts';
import { convolutionOf } from '../geometry.ts';
import { ownersOf } from '../owners.ts';
import { type Rows, rowsRead } from './rows-read.ts';
import { type BandedStep, type Schedule, scheduleBands } from './schedule.ts';

/** Neighbouring steps that are run together, band by band of rows, so that what passes between them stays in the cache. */
export interface Block {
  readonly first: number;
  /** Number of the last step. */
  readonly last: number;
  readonly schedule: Schedule;
}

/**
 * Finds the blocks of a plan. Two neighbours belong together when the second reads the first one's result in a window
 * over rows, nobody else reads it, and it is too large to stay in the cache. Only single images are cut into bands.
 *
 * @param cacheBytes  what the windows of a block may take together
 */
export function findBlocks(plan: Plan, steps: readonly KeptStep[], cacheBytes: number): Block[] {
  const links = findLinks(plan, steps, cacheBytes);
  const blocks: Block[] = [];
  for (let first = 0; first < steps.length; first++) {
    let last = first;
    while (links[last]) last++;
    if (last === first) continue;
    const banded = steps.slice(first, last + 1).map((step, i): BandedStep => {
      const [height, readByNext] = [step.shape[1], links[first + i]];
      if (!readByNext) return { height, rowBytes: 0 };
      const { strides } = windowLayout(step.shape, haloOf(steps[first + i + 1], plan), 1);
      return { height, rowBytes: 4 * strides[1], readByNext };
    });
    const schedule = scheduleBands(banded, cacheBytes);
    if (schedule.length > 1) blocks.push({ first, last, schedule });
    first = last;
  }
  return blocks;
}

/** The layout of so many rows of an image: zeros left and right of each, and none above or below. */
export function windowLayout([, , width, channels]: Shape, { left, right }: Halo, rows: number): Layout {
  return haloLayout([1, rows, width, channels], { top: 0, bottom: 0, left, right });
}

/** What a step needs around the image that it reads. */
export function haloOf(step: KeptStep, plan: Plan): Halo {
  return convolutionOf(step, plan)?.halo ?? noHalo;
}

/** How the next step reads a step's result, if the two belong together. */
type Link = ((rows: Rows) => Rows) | undefined;

function findLinks(plan: Plan, steps: readonly KeptStep[], cacheBytes: number): Link[] {
  const owners = ownersOf(plan);
  const readers = new Map<number, number>();
  const read = (id: number, times: number) => {
    const owner = owners.get(id) ?? id;
    readers.set(owner, (readers.get(owner) ?? 0) + times);
  };
  for (const { reads } of steps) for (const id of reads) read(id, 1);
  for (const { value } of plan.outputs) read(value, 2);
  const sections = [0, plan.loop?.first ?? 0, plan.loop?.end ?? 0];
  return steps.map((step, at) => {
    const next = steps[at + 1];
    if (!next || sections.includes(at + 1) || readers.get(step.output) !== 1) return undefined;
    const isLarge = 4 * sizeOf(step.shape) > cacheBytes;
    if (!isLarge || step.shape.length !== 4 || step.shape[0] !== 1 || !isRowByRow(step, plan)) return undefined;
    return next.reads.includes(step.output) ? rowsRead(next, step.output, plan) : undefined;
  });
}

/** Whether a step can compute some rows of its result alone. */
function isRowByRow(step: KeptStep, plan: Plan): boolean {
  return step.op === 'elementwise' || rowsRead(step, step.inputs[0], plan) !== undefined;
}
