import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { advance, element, f32, f32x4, i32, v128, when } from '../writer/instructions.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes, type Width } from './lanes.ts';
import { countUp, nest, slidingTiles } from './loops.ts';

/**
 * Windows over an image whose borders are never read: a place outside is no place. Items are rows of the result. Row and
 * pixel strides count floats; all three arrays have the same channels, contiguous.
 */
export interface PoolSpec {
  readonly kind: 'argPool' | 'poolGather' | 'poolScatter';
  readonly channels: number;
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  /** Rows above and columns left of the image that the first window covers. */
  readonly before: readonly [number, number];
  /** Rows and columns of what the window looks into: the image, or for `poolScatter` the pooled values. */
  readonly source: readonly [number, number];
  /** Columns of the result. */
  readonly width: number;
  /** Strides of each array: first the result, then the inputs. */
  readonly arrays: readonly { readonly row: number; readonly pixel: number }[];
}

/** Arguments: number of the unit's first row, the result, then the inputs in the order of the primitive. */
export function pool(spec: PoolSpec): Kernel {
  return { key: kernelKey('pool', spec), emit: () => writePool(spec) };
}

function writePool(spec: PoolSpec) {
  const { channels, width, arrays, kind } = spec;
  const f = new KernelWriter(1 + arrays.length);
  const [firstRow, out, ...inputs] = f.arguments;
  const [row, column, outPixel] = f.locals('i32', 3);
  const value = f.local('v128');
  const lanes = Math.min(4, channels) as Width;
  const visit = visitor(f, spec);
  const gather = gatherers[kind](f, spec);
  return f.finish([
    set(row, firstRow.get),
    nest(f, {
      loops: [{ extent: f.count, strides: [arrays[0].row] }],
      pointers: [out],
      body: ([outRow]) => [
        countUp(column, width, [
          set(outPixel, element(outRow.get, column.get, 4 * arrays[0].pixel)),
          slidingTiles(f, {
            extent: channels,
            size: lanes,
            body: (channel) => {
              const gathered = gather({ row, column, channel, inputs });
              return [
                gathered.start,
                visit({ row, column }, gathered.visit),
                set(value, gathered.result),
                storeLanes(element(outPixel.get, channel.get, 4), value, { width: lanes }),
              ];
            },
          }),
        ]),
        set(row, advance(row.get, 1)),
      ],
    }),
  ]);
}

/** A pixel that the window meets: its row and column in the source, and the number of its place in the window. */
interface Meeting {
  readonly row: Local;
  readonly column: Local;
  readonly place: Local;
}
type Visit = (at: { row: Local; column: Local }, body: (meeting: Meeting) => Code) => Code;

/** A step along one axis, from the pixel that is computed by an offset within the window to the pixel that is met. */
interface Step {
  readonly axis: 0 | 1;
  readonly position: Local;
  readonly offset: Local;
  readonly met: Local;
}

/** Visits the pixels that lie under the window of a pooled pixel, or the pooled pixels whose window lies over a pixel. */
function visitor(f: KernelWriter, { kind, window, strides, before, source }: PoolSpec): Visit {
  const [r, c, y, x, place, from] = f.locals('i32', 6);
  const under = ({ axis, position, offset, met }: Step, body: Code): Code => [
    set(met, i32.add(advance(i32.mul(position.get, i32.const(strides[axis])), -before[axis]), offset.get)),
    when(i32.lessUnsigned(met.get, i32.const(source[axis])), body),
  ];
  const over = ({ axis, position, offset, met }: Step, body: Code): Code => [
    set(from, i32.sub(advance(position.get, before[axis]), offset.get)),
    when(i32.lessUnsigned(from.get, i32.const(source[axis] * strides[axis])), [
      set(met, i32.div(from.get, i32.const(strides[axis]))),
      when(i32.equal(i32.mul(met.get, i32.const(strides[axis])), from.get), body),
    ]),
  ];
  const find = kind === 'poolScatter' ? over : under;
  return ({ row, column }, body) => {
    const here = [set(place, element(c.get, r.get, window[1])), body({ row: y, column: x, place })];
    const alongRow = countUp(c, window[1], find({ axis: 1, position: column, offset: c, met: x }, here));
    return countUp(r, window[0], find({ axis: 0, position: row, offset: r, met: y }, alongRow));
  };
}

interface GatherSite {
  readonly row: Local;
  readonly column: Local;
  readonly channel: Local;
  readonly inputs: readonly Local[];
}
interface Gathering {
  readonly start: Code;
  readonly visit: (meeting: Meeting) => Code;
  readonly result: Code;
}

/** What is done with the pixels of a window, on four channels. */
const gatherers: Record<PoolSpec['kind'], (f: KernelWriter, spec: PoolSpec) => (site: GatherSite) => Gathering> = {
  argPool: (f, { arrays }) => {
    const [best, first, x, better] = f.locals('v128', 4);
    return ({ channel, inputs: [image] }) => ({
      start: [set(best, f.constant(Number.NEGATIVE_INFINITY)), set(first, f.constant(-1))],
      visit: (meeting) => [
        set(x, loadPixel(image, arrays[1], { ...meeting, channel })),
        set(better, v128.or(f32x4.greater(x.get, best.get), f32x4.less(first.get, f.constant(0)))),
        set(best, v128.select(better.get, x.get, best.get)),
        set(first, v128.select(better.get, placeVector(meeting), first.get)),
      ],
      result: first.get,
    });
  },
  poolGather: (f, { arrays }) => {
    const [found, wanted] = f.locals('v128', 2);
    return ({ row, column, channel, inputs: [image, positions] }) => ({
      start: [
        set(found, f.constant(Number.NaN)),
        set(wanted, loadPixel(positions, arrays[2], { row, column, channel })),
      ],
      visit: (meeting) => {
        const here = f32x4.equal(wanted.get, placeVector(meeting));
        return set(found, v128.select(here, loadPixel(image, arrays[1], { ...meeting, channel }), found.get));
      },
      result: found.get,
    });
  },
  poolScatter: (f, { arrays }) => {
    const sum = f.local('v128');
    return ({ channel, inputs: [grad, positions] }) => ({
      start: set(sum, f.constant(0)),
      visit: (meeting) => {
        const chosen = f32x4.equal(loadPixel(positions, arrays[2], { ...meeting, channel }), placeVector(meeting));
        return set(sum, f32x4.add(sum.get, v128.and(loadPixel(grad, arrays[1], { ...meeting, channel }), chosen)));
      },
      result: sum.get,
    });
  },
};

function loadPixel(
  array: Local,
  strides: PoolSpec['arrays'][number],
  { row, column, channel }: { row: Local; column: Local; channel: Local },
): Code {
  const atRow = element(array.get, row.get, 4 * strides.row);
  return v128.load(element(element(atRow, column.get, 4 * strides.pixel), channel.get, 4));
}

function placeVector({ place }: Meeting): Code {
  return f32x4.splat(f32.fromInteger(place.get));
}
