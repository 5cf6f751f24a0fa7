/** Operations of SIMD instructions, after their prefix. */
const simd = { prefix: 0xfd, splat: 0x13, extractLane: 0x1f, add: 0xe4, multiply: 0xe6, multiplyAdd: 0x105 };

const types = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** A multiplication and an addition in each of four lanes. */
const flopPerStep = 8;

/** FLOP of one call, so that it takes about a quarter of a millisecond. */
const flopPerCall = 1.5e7;

export interface RegisterLoop {
  readonly name: string;
  /** Multiplications and additions of one call. */
  readonly flop: number;
  run(): undefined;
}

export const loopNames = { multiplyAndAdd: 'loop, multiply and add', fused: 'loop, fused multiply-add' };

/** Locals: 0 turns left, 1 x, 2 y, then the chains. */
const [x, y, firstChain] = [1, 2, 3];

/** Numbers of chains to choose from: enough to hide latency, few enough for the registers. */
const chainCounts = [8, 10, 12, 13, 14];

/** Steps of a chain in one turn of the loop, so that counting costs little. */
const unrolled = 4;

type Step = (chain: number) => number[];

/** Loops of chain = chain · x + y in registers and nothing else, with as many chains as are fastest here. */
export const registerLoops = {
  /** Rounded twice: what a kernel without fused multiply-add does to its sums. */
  multiplyAndAdd: () =>
    fastest(loopNames.multiplyAndAdd, (chain) => [
      ...[0x20, chain, 0x20, x, ...op(simd.multiply)],
      ...[0x20, y, ...op(simd.add), 0x21, chain],
    ]),
  /** Rounded once. */
  fused: () =>
    fastest(loopNames.fused, (chain) => [
      ...[0x20, chain, 0x20, x, 0x20, y],
      ...[...op(simd.multiplyAdd), 0x21, chain],
    ]),
};

function fastest(name: string, step: Step): RegisterLoop {
  const loops = chainCounts.map((count) => {
    const chains = Array.from({ length: count }, (_, i) => firstChain + i);
    const turn = Array.from({ length: unrolled }, () => chains.flatMap(step)).flat();
    const run = instantiate(loopBody(turn, chains));
    const turns = Math.round(flopPerCall / (count * unrolled * flopPerStep));
    return { name, flop: turns * unrolled * count * flopPerStep, run: () => void run(turns) };
  });
  const speeds = loops.map(bestSpeed);
  return loops[speeds.indexOf(Math.max(...speeds))]!;
}

/** FLOP a millisecond, the best of many calls: an engine compiles a function well only after it was called often. */
function bestSpeed({ flop, run }: RegisterLoop): number {
  let best = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + 150; performance.now() < end; ) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return flop / best;
}

/**
 * Runs a turn as often as the parameter says, and gives the sum of all chains, so that nothing can be left out. With a
 * factor of −1 no chain dies away: numbers close to zero are slow.
 */
function loopBody(turn: readonly number[], chains: readonly number[]): number[] {
  const set = (local: number, value: number) => [...f32Splat(value), 0x21, local];
  const countDown = [0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0]; // turns -= 1; again unless 0
  const sum = chains.flatMap((chain, i) => [0x20, chain, ...(i > 0 ? op(simd.add) : [])]);
  return [
    ...[1, ...uleb(2 + chains.length), types.v128],
    ...[...set(x, -1), ...set(y, 0.001), ...chains.flatMap((chain, i) => set(chain, i))],
    ...[0x03, 0x40, ...turn, ...countDown, 0x0b],
    ...[...sum, ...op(simd.extractLane), 0, 0x0b],
  ];
}

/** A module that exports one function `loop` (i32) -> f32. */
function instantiate(body: readonly number[]): (turns: number) => number {
  const section = (id: number, bytes: readonly number[]) => [id, ...uleb(bytes.length), ...bytes];
  const bytes = Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, types.i32, 1, types.f32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 4, ...new TextEncoder().encode('loop'), 0, 0]),
    ...section(10, [1, ...uleb(body.length), ...body]),
  ]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports.loop as (turns: number) => number;
}

function op(code: number): number[] {
  return [simd.prefix, ...uleb(code)];
}

function f32Splat(value: number): number[] {
  return [0x43, ...new Uint8Array(Float32Array.of(value).buffer), ...op(simd.splat)];
}

/** An unsigned number in LEB128. */
function uleb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...uleb(value >>> 7)];
}
