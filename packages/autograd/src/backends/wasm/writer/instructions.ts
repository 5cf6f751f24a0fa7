import { type Code, float32Bytes, signed, unsigned } from './code.ts';

/**
 * WebAssembly instructions as functions of the code that leaves their operands on the stack. Numbers are opcodes of the
 * core and SIMD specifications; addresses are in bytes.
 */
type Unary = (x: Code) => Code;
type Binary = (x: Code, y: Code) => Code;

const unary =
  (...opcode: number[]): Unary =>
  (x) => [x, opcode];
const binary =
  (...opcode: number[]): Binary =>
  (x, y) => [x, y, opcode];
const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];

/** Operand of loads and stores: alignment (1 byte is always allowed) and a constant added to the address. */
const at = (offset: number): number[] => [0, ...unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  load: (address: Code, offset = 0): Code => [address, 0x28, at(offset)],
  storeByte: (address: Code, value: Code, offset = 0): Code => [address, value, 0x3a, at(offset)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  or: binary(0x72),
  shiftLeft: (x: Code, bits: number): Code => [x, i32.const(bits), 0x74],
  /** Without regard to the sign. */
  shiftRight: (x: Code, bits: number): Code => [x, i32.const(bits), 0x76],
  equal: binary(0x46),
  /** Signed. */
  less: binary(0x48),
  lessUnsigned: binary(0x49),
  /** Signed, rounded towards zero. */
  div: binary(0x6d),
};

/** `base + bytes`, without an instruction for 0. */
export function advance(base: Code, bytes: number): Code {
  return bytes === 0 ? base : i32.add(base, i32.const(bytes));
}

/** `base + index * bytes`. */
export function element(base: Code, index: Code, bytes: number): Code {
  return bytes === 0 ? base : i32.add(base, i32.mul(index, i32.const(bytes)));
}

/** `yes` where the i32 `test` is not 0, else `no`. */
export function choose(test: Code, yes: Code, no: Code): Code {
  return [yes, no, test, 0x1b];
}

export const f32 = {
  const: (value: number): Code => [0x43, float32Bytes(value)],
  fromInteger: unary(0xb2),
  fromF64: unary(0xb6),
};
export const f64 = { fromF32: unary(0xbb) };

/** Sets `bytes` bytes from `address` to 0. */
export function fillZero(address: Code, bytes: Code): Code {
  return [address, i32.const(0), bytes, 0xfc, 0x0b, 0];
}

/** Moves `bytes` bytes from one address to another; the two places may overlap. */
export function moveBytes(to: Code, from: Code, bytes: Code): Code {
  return [to, from, bytes, 0xfc, 0x0a, 0, 0];
}

export type Lane = 0 | 1 | 2 | 3;

export const v128 = {
  load: (address: Code, offset = 0): Code => [address, simd(0x00), at(offset)],
  /** One float32 in all four lanes. */
  loadSplat: (address: Code, offset = 0): Code => [address, simd(0x09), at(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, simd(0x0b), at(offset)],
  /** The vector with four bytes from memory in one lane. */
  loadLane: (address: Code, vector: Code, lane: Lane): Code => [address, vector, simd(0x56), at(0), lane],
  /** Stores one lane, four bytes. */
  storeLane: (address: Code, value: Code, { lane, offset = 0 }: { lane: Lane; offset?: number }): Code => [
    address,
    value,
    simd(0x5a),
    at(offset),
    lane,
  ],
  /** Stores lanes 0 and 1, eight bytes. */
  storeHalf: (address: Code, value: Code, offset = 0): Code => [address, value, simd(0x5b), at(offset), 0],
  const: (lanes: readonly number[]): Code => [simd(0x0c), [...new Uint8Array(Int32Array.from(lanes).buffer)]],
  /** Four of the eight lanes of x (0 to 3) and y (4 to 7). */
  shuffle: (x: Code, y: Code, lanes: readonly number[]): Code => [
    x,
    y,
    simd(0x0d),
    lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  ],
  and: binary(...simd(0x4e)),
  /** x and not y. */
  andNot: binary(...simd(0x4f)),
  or: binary(...simd(0x50)),
  xor: binary(...simd(0x51)),
  /** Bits of `yes` where the mask has ones, else of `no`. */
  select: (mask: Code, yes: Code, no: Code): Code => [yes, no, mask, simd(0x52)],
};

export const f32x4 = {
  splat: unary(...simd(0x13)),
  extract: (x: Code, lane: Lane): Code => [x, simd(0x1f), lane],
  replace: (x: Code, lane: Lane, value: Code): Code => [x, value, simd(0x20), lane],
  equal: binary(...simd(0x41)),
  notEqual: binary(...simd(0x42)),
  less: binary(...simd(0x43)),
  greater: binary(...simd(0x44)),
  lessEqual: binary(...simd(0x45)),
  greaterEqual: binary(...simd(0x46)),
  abs: unary(...simd(0xe0)),
  neg: unary(...simd(0xe1)),
  sqrt: unary(...simd(0xe3)),
  add: binary(...simd(0xe4)),
  sub: binary(...simd(0xe5)),
  mul: binary(...simd(0xe6)),
  div: binary(...simd(0xe7)),
  /** NaN where either is NaN. */
  min: binary(...simd(0xe8)),
  max: binary(...simd(0xe9)),
  /** y < x ? y : x, one machine instruction. */
  pseudoMin: binary(...simd(0xea)),
  /** x < y ? y : x. */
  pseudoMax: binary(...simd(0xeb)),
  nearest: unary(...simd(0x6a)),
  fromIntegers: unary(...simd(0xfa)),
  /** Lanes 0 and 1 of two float64, zeros above. */
  fromF64: unary(...simd(0x5e)),
  /** x · y + z; rounded once or twice, as the machine likes. Relaxed SIMD. */
  multiplyAdd: (x: Code, y: Code, z: Code): Code => [x, y, z, simd(0x105)],
};

export const f64x2 = {
  add: binary(...simd(0xf0)),
  /** Of lanes 0 and 1. */
  fromF32: unary(...simd(0x5f)),
};

export const i32x4 = {
  splat: unary(...simd(0x11)),
  extract: (x: Code, lane: Lane): Code => [x, simd(0x1b), lane],
  equal: binary(...simd(0x37)),
  /** The highest bit of each lane, as an i32. */
  bitmask: unary(...simd(0xa4)),
  add: binary(...simd(0xae)),
  sub: binary(...simd(0xb1)),
  mul: binary(...simd(0xb5)),
  shiftLeft: (x: Code, bits: number): Code => [x, i32.const(bits), simd(0xab)],
  /** Keeps the sign. */
  shiftRight: (x: Code, bits: number): Code => [x, i32.const(bits), simd(0xac)],
  shiftRightUnsigned: (x: Code, bits: number): Code => [x, i32.const(bits), simd(0xad)],
  /** Towards zero; NaN gives 0. */
  fromFloats: unary(...simd(0xf8)),
};

/** Repeats `body` for as long as the `condition` after it is not 0. */
export function repeatWhile(body: Code, condition: Code): Code {
  return [0x03, 0x40, body, condition, 0x0d, 0, 0x0b];
}

export function when(condition: Code, body: Code): Code {
  return [condition, 0x04, 0x40, body, 0x0b];
}

export function call(functionIndex: number, args: Code): Code {
  return [args, 0x10, unsigned(functionIndex)];
}
