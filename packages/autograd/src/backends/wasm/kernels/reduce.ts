import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { advance, v128 } from '../writer/instructions.ts';
import { type Chain, ChainWriter } from './chain.ts';
import { type Gatherer, maxGatherer, sumGatherer } from './gatherer.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes, type Width } from './lanes.ts';
import { elementAddress, type Loop, nest, slidingTiles } from './loops.ts';

/**
 * Sums or takes the maximum, over some loops, of the chain of the inputs. Items are turns of the outermost kept loop.
 */
export interface ReduceSpec {
  readonly kind: 'sum' | 'max';
  /** Loops over the result; strides of the result, then of the inputs. */
  readonly kept: readonly { readonly extent: number; readonly strides: readonly number[] }[];
  /** Loops that are gathered up; strides of the inputs. */
  readonly reduced: readonly { readonly extent: number; readonly strides: readonly number[] }[];
  readonly chain: Chain;
}

/** Arguments: the result, then the inputs. */
export function reduce(spec: ReduceSpec): Kernel {
  return { key: kernelKey('reduce', spec), emit: () => writeReduce(spec) };
}

const isContiguous = (strides: readonly number[]) => strides.every((stride) => stride === 0 || stride === 1);

function writeReduce(spec: ReduceSpec) {
  const { kind, kept, reduced, chain } = spec;
  const f = new KernelWriter(kept[0].strides.length);
  const gatherer = kind === 'sum' ? sumGatherer(f) : maxGatherer(f);
  const writer = new ChainWriter(f, chain);
  const levels = kept.map(({ extent, strides }, i) => ({ extent: i === 0 ? f.count : extent, strides }));
  const lastKept = kept[kept.length - 1];
  const lastReduced = reduced[reduced.length - 1];
  const parts = { f, gatherer, writer };

  if (lastKept.strides[0] === 1 && isContiguous(lastKept.strides) && lastKept.extent > 1) {
    const body = acrossResults(parts, { reduced, last: lastKept, count: levels[levels.length - 1].extent });
    return f.finish(nest(f, { loops: levels.slice(0, -1), pointers: f.arguments, body }));
  }
  const alone = { extent: 1, strides: lastKept.strides.map(() => 0) };
  const body = isContiguous(lastReduced.strides)
    ? alongInputs(parts, reduced)
    : acrossResults(parts, { reduced, last: alone, count: 1 });
  return f.finish(nest(f, { loops: levels, pointers: f.arguments, body }));
}

interface Parts {
  readonly f: KernelWriter;
  readonly gatherer: Gatherer;
  readonly writer: ChainWriter;
}

interface Across {
  readonly reduced: readonly Loop[];
  readonly last: ReduceSpec['kept'][number];
  readonly count: number | Code;
}

/** Four neighbouring results at once; one where results or inputs lie apart. */
function acrossResults({ f, gatherer, writer }: Parts, { reduced, last, count }: Across) {
  const width = Math.min(4, last.extent) as Width;
  const value = f.local('v128');
  const starts = f.locals('i32', last.strides.length - 1);
  return ([out, ...inputs]: readonly Local[]): Code =>
    slidingTiles(f, {
      extent: last.extent < 4 ? last.extent : count,
      size: width,
      body: (start) => [
        starts.map((local, i) => set(local, elementAddress(inputs[i], start, last.strides[i + 1]))),
        gatherer.start,
        nest(f, {
          loops: reduced,
          pointers: starts,
          body: (at) => gatherer.add(writer.write({ input: (i) => loadStrided(at[i], last.strides[i + 1]) })),
        }),
        set(value, gatherer.lanes),
        storeLanes(elementAddress(out, start, 1), value, { width }),
      ],
    });
}

/** One result at a time from four neighbouring inputs at once, whose lanes are joined at the end. */
function alongInputs({ f, gatherer, writer }: Parts, reduced: ReduceSpec['reduced']) {
  const { extent, strides } = reduced[reduced.length - 1];
  const whole = Math.floor(extent / 4);
  const rest = extent % 4;
  const value = f.local('v128');
  const run = (at: readonly Local[], offset: number): Code =>
    writer.write({ input: (i) => loadStrided(at[i], strides[i], offset) });
  return ([out, ...inputs]: readonly Local[]): Code => [
    gatherer.start,
    nest(f, {
      loops: reduced.slice(0, -1),
      pointers: inputs,
      body: (at) => [
        whole === 0
          ? []
          : nest(f, {
              loops: [{ extent: whole, strides: strides.map((stride) => 4 * stride) }],
              pointers: at,
              body: (here) => gatherer.add(run(here, 0)),
            }),
        rest === 0
          ? []
          : gatherer.add(v128.select(f.lanes(firstLanes(rest)), run(at, 16 * whole), f.constant(gatherer.neutral))),
      ],
    }),
    set(value, gatherer.joined),
    storeLanes(out.get, value, { width: 1 }),
  ];
}

function loadStrided(pointer: Local, stride: number, offset = 0): Code {
  return stride === 1 ? v128.load(advance(pointer.get, offset)) : v128.loadSplat(pointer.get);
}

/** All ones in the first lanes, zeros in the others. */
function firstLanes(count: number): number[] {
  return [0, 1, 2, 3].map((lane) => (lane < count ? -1 : 0));
}
