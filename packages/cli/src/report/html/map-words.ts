import { figure } from './format.ts';
import type { Frame, FrameSequence } from './frames.ts';

const thirds = [
  ['upper left', 'top', 'upper right'],
  ['left', 'middle', 'right'],
  ['lower left', 'bottom', 'lower right'],
] as const;

/** Parts of the photo with less of the heat than this are not worth a word. */
const leastShare = 0.1;

/** A map in words, for those who do not see it: how far it spreads, and in which ninths of the photo it lies. */
export function describeMap({ rows, columns }: FrameSequence, frame: Frame): string {
  const heat = heatOf(frame);
  if (!heat) return constantMap(frame);

  const total = heat.reduce((sum, value) => sum + value, 0);
  const parts = new Map<string, number>();
  heat.forEach((value, i) => {
    const row = thirds[third(Math.floor(i / columns), rows)] as (typeof thirds)[number];
    const name = row[third(i % columns, columns)] as string;
    parts.set(name, (parts.get(name) ?? 0) + value / total);
  });
  const hottest = [...parts].filter(([, share]) => share >= leastShare).sort((a, b) => b[1] - a[1]);
  const places = hottest.slice(0, 3).map(([name, share]) => `${name} ${wholePercent(share)}`);
  const where = places.length > 0 ? ` Of all heat: ${places.join(', ')}.` : '';
  return `Half of the heat lies in ${wholePercent(halfArea(heat, total))} of the photo.${where}`;
}

/** Heat of every cell, 0 or more; null for a map that is the same everywhere. What speaks against the class is cold. */
function heatOf({ low, high, bytes }: Frame): Float64Array | null {
  if (!(high > low)) return null;
  const zero = high > 0 ? Math.max(0, low) - low : 0; // where nothing is above 0, the least is the coldest
  return Float64Array.from(bytes, (byte) => Math.max(0, (byte / 255) * (high - low) - zero) + Math.max(0, low));
}

function constantMap({ low }: Frame): string {
  if (low === 0) return 'The map is empty: nothing stands out.';
  return `The map is ${figure(low)} everywhere: no part of the photo stands out.`;
}

function wholePercent(share: number): string {
  return share < 0.01 ? 'less than 1%' : `${Math.round(100 * share)}%`;
}

/** Share of all cells that hold half of the heat, the hottest first. */
function halfArea(heat: Float64Array, total: number): number {
  let sum = 0;
  const sorted = heat.slice().sort().reverse();
  const enough = sorted.findIndex((value) => {
    sum += value;
    return sum >= total / 2;
  });
  return (enough + 1) / sorted.length;
}

/** Which third of `length` the middle of cell i lies in: 0, 1 or 2. */
function third(i: number, length: number): number {
  return Math.floor((3 * (i + 0.5)) / length);
}
