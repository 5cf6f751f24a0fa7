import type { BinaryName, ComparisonName, UnaryName } from '../../primitives/attributes.ts';
import type { KernelTable, View } from './kernel-table.ts';

const unary: Record<UnaryName, (x: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

const binary: Record<BinaryName, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  pow: (x, y) => x ** y,
  minimum: (x, y) => (x <= y ? x : y),
  maximum: (x, y) => (x >= y ? x : y),
};

const comparison: Record<ComparisonName, (x: number, y: number) => boolean> = {
  less: (x, y) => x < y,
  lessEqual: (x, y) => x <= y,
  greater: (x, y) => x > y,
  greaterEqual: (x, y) => x >= y,
  equal: (x, y) => x === y,
  notEqual: (x, y) => x !== y,
};

function mapUnary(f: (x: number) => number) {
  return ({ data: out }: View, [{ data: x }]: readonly View[]) => {
    for (let i = 0; i < out.length; i++) out[i] = f(x[i]);
  };
}

function mapBinary(f: (x: number, y: number) => number | boolean) {
  return ({ data: out }: View, [{ data: x }, { data: y }]: readonly View[]) => {
    for (let i = 0; i < out.length; i++) out[i] = Number(f(x[i], y[i]));
  };
}

function mapValues<K extends string, V, R>(table: Readonly<Record<K, V>>, f: (value: V) => R): Record<K, R> {
  const entries = Object.entries<V>(table).map(([key, value]) => [key, f(value)]);
  return Object.fromEntries(entries) as Record<K, R>;
}

export const elementwiseKernels = {
  ...mapValues(unary, mapUnary),
  ...mapValues(binary, mapBinary),
  ...mapValues(comparison, mapBinary),
  select: ({ data: out }: View, [{ data: test }, { data: yes }, { data: no }]: readonly View[]) => {
    for (let i = 0; i < out.length; i++) out[i] = test[i] ? yes[i] : no[i];
  },
} satisfies Partial<KernelTable>;
