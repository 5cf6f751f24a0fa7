import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { advance, f32x4, v128 } from '../writer/instructions.ts';
import type { KernelWriter } from './kernel-writer.ts';
import { sweep } from './loops.ts';

/** How far a step moves in the image and in the filter, in floats. */
export interface TapLoop {
  readonly extent: number;
  readonly image: number;
  readonly filter: number;
}

/** The taps of a filter, and the distance between neighbouring pixels of a tile. */
export interface Taps {
  readonly tapRows: TapLoop;
  readonly tapColumns: TapLoop;
  readonly pixelStrides: readonly number[];
  readonly multiplyAdd: boolean;
}

/** A row of up to so many taps is written out; in a longer one the engine would run out of registers. */
const longestWrittenOut = 3;

const isWrittenOut = ({ tapColumns }: Pick<Taps, 'tapColumns'>) => tapColumns.extent <= longestWrittenOut;

/**
 * Pixels whose sums are kept in registers together. Sums that grow by a tap at a time need more of them side by side: each
 * has to wait for its last addition.
 */
export function tilePixels(taps: Pick<Taps, 'tapColumns'>): number {
  return isWrittenOut(taps) ? 4 : 8;
}

interface Pointers {
  readonly image: Local;
  readonly filter: Local;
}
type AddTaps = (pointers: Pointers, sums: readonly Local[]) => Code;

/** Gives code that adds, to the sum of each pixel of a tile, all taps of the filter at four channels. */
export function tapWriter(f: KernelWriter, spec: Taps): AddTaps {
  const { tapRows, tapColumns } = spec;
  const rows = { extent: tapRows.extent, strides: [tapRows.image, tapRows.filter] };
  if (isWrittenOut(spec)) {
    const first = firstPixel(spec);
    const addRow = rowWriter(f, spec);
    return ({ image, filter }, sums) => [
      set(image, advance(image.get, 4 * first)),
      sweep(f, { loops: [rows], pointers: [image, filter], body: addRow({ image, filter }, sums) }),
    ];
  }
  const columns = { extent: tapColumns.extent, strides: [tapColumns.image, tapColumns.filter] };
  const addTap = oneTapWriter(f, spec);
  return ({ image, filter }, sums) =>
    sweep(f, { loops: [rows, columns], pointers: [image, filter], body: addTap({ image, filter }, sums) });
}

/** The leftmost pixel that a row of taps meets, in floats from where the first tap meets the first pixel. */
function firstPixel({ tapColumns }: Taps): number {
  return Math.min(0, (tapColumns.extent - 1) * tapColumns.image);
}

/** A row of taps at once. Neighbouring pixels of the tile meet the same pixels of the image, which are loaded once. */
function rowWriter(f: KernelWriter, spec: Taps): AddTaps {
  const { tapColumns, pixelStrides } = spec;
  const weights = f.locals('v128', tapColumns.extent);
  const x = f.local('v128');
  const first = firstPixel(spec);
  return ({ image, filter }, sums) => {
    const meetings = sums.flatMap((sum, pixel) =>
      weights.map((weight, tap) => ({ sum, weight, at: pixel * pixelStrides[0] + tap * tapColumns.image - first })),
    );
    const places = [...new Set(meetings.map(({ at }) => at))].sort((a, b) => a - b);
    return [
      weights.map((weight, tap) => set(weight, v128.load(filter.get, 4 * tap * tapColumns.filter))),
      places.map((place) => [
        set(x, v128.load(image.get, 4 * place)),
        meetings
          .filter(({ at }) => at === place)
          .map(({ sum, weight }) => set(sum, multiplyAdd(spec, { x: x.get, weight: weight.get, sum: sum.get }))),
      ]),
    ];
  };
}

function oneTapWriter(f: KernelWriter, spec: Taps): AddTaps {
  const weight = f.local('v128');
  return ({ image, filter }, sums) => [
    set(weight, v128.load(filter.get)),
    sums.map((sum, pixel) => {
      const x = v128.load(image.get, 4 * spec.pixelStrides[0] * pixel);
      return set(sum, multiplyAdd(spec, { x, weight: weight.get, sum: sum.get }));
    }),
  ];
}

function multiplyAdd(spec: Taps, { x, weight, sum }: Record<'x' | 'weight' | 'sum', Code>): Code {
  return spec.multiplyAdd ? f32x4.multiplyAdd(x, weight, sum) : f32x4.add(sum, f32x4.mul(x, weight));
}
