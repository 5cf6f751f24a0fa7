import { firstFactor, positionStep, secondFactor } from '../../../random/word-stream.ts';
import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { i32, i32x4, v128 } from '../writer/instructions.ts';
import { type Kernel, KernelWriter } from './kernel-writer.ts';
import { nest } from './loops.ts';

/** Entries of the table that a word's upper bits choose from. */
export const tableEntries = 2 ** 16;

/**
 * Random numbers by position: a hash of the position chooses an entry of a table. Items are vectors of four numbers, the
 * last of which may reach past the end of the array.
 *
 * Arguments: the result, the key, the table, and the number of the unit's first position.
 */
export const randomEntries: Kernel = {
  key: 'random entries',
  emit: () => {
    const f = new KernelWriter(4);
    const [out, key, table, first] = f.arguments;
    const [a, b, word, numbers] = f.locals('v128', 4);
    const lanes = [0, 1, 2, 3] as const;
    const step = (positions: number) => f.lanes(lanes.map(() => Math.imul(positions, positionStep)));
    const entry = (lane: 0 | 1 | 2 | 3) => i32.add(table.get, i32x4.extract(word.get, lane));
    const fourNumbers = (to: Local): Code => [
      set(word, a.get),
      mixBits(f, word),
      set(word, v128.xor(word.get, b.get)),
      mixBits(f, word),
      // The upper half of the word, in bytes of a table of floats.
      set(word, i32x4.shiftLeft(i32x4.shiftRightUnsigned(word.get, 16), 2)),
      lanes.map((lane) => set(numbers, v128.loadLane(entry(lane), numbers.get, lane))),
      v128.store(to.get, numbers.get),
      set(a, i32x4.add(a.get, step(4))),
    ];
    return f.finish([
      set(a, v128.load(key.get)),
      set(b, i32x4.splat(wordOfKey(a, 2))),
      set(a, i32x4.splat(wordOfKey(a, 0))),
      set(word, i32x4.add(i32x4.splat(first.get), f.lanes([...lanes]))),
      set(a, i32x4.add(a.get, i32x4.mul(word.get, step(1)))),
      nest(f, {
        loops: [{ extent: f.count, strides: [4] }],
        pointers: [out],
        body: ([to]) => fourNumbers(to),
      }),
    ]);
  },
};

/** A word from its two halves, which a key holds as floats from `lane` on. */
function wordOfKey(key: Local, lane: 0 | 2): Code {
  const half = (at: 0 | 1 | 2 | 3) => i32x4.extract(i32x4.fromFloats(key.get), at);
  return i32.or(i32.shiftLeft(half(lane), 16), half(lane === 0 ? 1 : 3));
}

/** Four words at once; see `random/word-stream.ts`. */
function mixBits(f: KernelWriter, x: Local): Code {
  const fold = (bits: number) => set(x, v128.xor(x.get, i32x4.shiftRightUnsigned(x.get, bits)));
  const times = (factor: number) =>
    set(x, i32x4.mul(x.get, f.lanes([factor, factor, factor, factor].map((n) => n | 0))));
  return [fold(16), times(firstFactor), fold(13), times(secondFactor), fold(16)];
}
