import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { advance, f32x4, i32, repeatWhile, v128, when } from '../writer/instructions.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes, type Width } from './lanes.ts';
import { elementAddress, nest, slidingTiles } from './loops.ts';

/**
 * Weighted sums along some axes, by table: a result is the sum over the table's entries for its coordinate of weight
 * times the input there. It resizes, spreads gradients back, gathers and scatters. Items are turns of the outermost loop.
 */
export interface ResampleLoop {
  readonly extent: number;
  /** Of the result, the input, and the words of each table. In a loop over a table's words the input stands still. */
  readonly strides: readonly number[];
}

/**
 * Arguments: the result, the input, then for each table two addresses. The first is that of 32-bit words: one for each
 * coordinate and one more, the number of its first entry. The second is that of the entries: how many bytes to move in
 * the input, as an integer, and the weight, as a float.
 */
export function resample(loops: readonly ResampleLoop[]): Kernel {
  return { key: kernelKey('resample', loops), emit: () => writeResample(loops) };
}

/** An integer and a float. */
const entryBytes = 8;

function writeResample(loops: readonly ResampleLoop[]) {
  const tables = loops[0].strides.length - 2;
  const f = new KernelWriter(2 + 2 * tables);
  const [out, input, ...tablePointers] = f.arguments;
  const starts = tablePointers.filter((_, i) => i % 2 === 0);
  const entries = tablePointers.filter((_, i) => i % 2 === 1);
  const last = loops[loops.length - 1];
  const vector = loops.length > 1 && last.strides.every((stride, i) => stride === (i < 2 ? 1 : 0));
  const width = (vector ? Math.min(4, last.extent) : 1) as Width;
  const sum = f.local('v128');
  const summing = sumOverTables(f, { entries, sum, load: vector ? v128.load : v128.loadSplat });

  const levels = loops.map(({ extent, strides }, i) => ({ extent: i === 0 ? f.count : extent, strides }));
  return f.finish(
    nest(f, {
      loops: vector ? levels.slice(0, -1) : levels,
      pointers: [out, input, ...starts],
      body: ([to, from, ...firsts]) =>
        slidingTiles(f, {
          extent: vector ? last.extent : 1,
          size: width,
          body: (start) => [
            set(sum, f.constant(0)),
            summing(elementAddress(from, start, 1), firsts),
            storeLanes(elementAddress(to, start, 1), sum, { width }),
          ],
        }),
    }),
  );
}

interface Sum {
  readonly entries: readonly Local[];
  readonly sum: Local;
  readonly load: (address: Code) => Code;
}

/**
 * Gives code that adds up weight times input over all combinations of the tables' entries for one place, of which `firsts`
 * are the addresses of each table's word.
 */
function sumOverTables(f: KernelWriter, { entries, sum, load }: Sum) {
  const levels = entries.map((table) => ({
    table,
    entry: f.local('i32'),
    end: f.local('i32'),
    address: f.local('i32'),
    weight: f.local('v128'),
  }));
  const overTable = (at: { from: Code; weight?: Code; level: number }, firsts: readonly Local[]): Code => {
    if (at.level === levels.length) {
      const value = load(at.from);
      return set(sum, f32x4.add(sum.get, at.weight ? f32x4.mul(value, at.weight) : value));
    }
    const { table, entry, end, address, weight } = levels[at.level];
    const entryAt = (number: Code) => i32.add(table.get, i32.mul(number, i32.const(entryBytes)));
    const own = v128.loadSplat(entry.get, 4);
    return [
      set(entry, entryAt(i32.load(firsts[at.level].get))),
      set(end, entryAt(i32.load(firsts[at.level].get, 4))),
      when(
        i32.lessUnsigned(entry.get, end.get),
        repeatWhile(
          [
            set(address, i32.add(at.from, i32.load(entry.get))),
            set(weight, at.weight ? f32x4.mul(at.weight, own) : own),
            overTable({ from: address.get, weight: weight.get, level: at.level + 1 }, firsts),
            set(entry, advance(entry.get, entryBytes)),
          ],
          i32.lessUnsigned(entry.get, end.get),
        ),
      ),
    ];
  };
  return (from: Code, firsts: readonly Local[]) => overTable({ from, level: 0 }, firsts);
}
