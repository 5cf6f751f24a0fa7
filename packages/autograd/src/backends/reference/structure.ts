import { stridesOf } from '../../shape.ts';
import { walk } from '../../walk.ts';
import { broadcastStrides, reducedStrides } from './indexing.ts';
import type { KernelTable } from './kernel-table.ts';

/** Kernels that move, repeat or add up values. */
export const structureKernels = {
  reshape: (out, [x]) => out.data.set(x.data),
  stopGradient: (out, [x]) => out.data.set(x.data),

  broadcast: (out, [x]) => {
    const from = walk(out.shape, broadcastStrides(x.shape, out.shape));
    for (let i = 0; i < from.length; i++) out.data[i] = x.data[from[i]];
  },

  sum: (out, [x], { axes }) => {
    const to = walk(x.shape, reducedStrides(x.shape, axes));
    out.data.fill(0);
    for (let i = 0; i < to.length; i++) out.data[to[i]] += x.data[i];
  },

  max: (out, [x], { axes }) => {
    const to = walk(x.shape, reducedStrides(x.shape, axes));
    out.data.fill(Number.NEGATIVE_INFINITY);
    for (let i = 0; i < to.length; i++) out.data[to[i]] = Math.max(out.data[to[i]], x.data[i]);
  },

  transpose: (out, [x], { perm }) => {
    const strides = stridesOf(x.shape);
    const from = walk(
      out.shape,
      perm.map((axis) => strides[axis]),
    );
    for (let i = 0; i < from.length; i++) out.data[i] = x.data[from[i]];
  },

  concat: (out, inputs, { axis }) => {
    const strides = stridesOf(out.shape);
    let start = 0;
    for (const x of inputs) {
      const to = walk(x.shape, strides, start * strides[axis]);
      for (let i = 0; i < to.length; i++) out.data[to[i]] = x.data[i];
      start += x.shape[axis];
    }
  },

  slice: (out, [x], { begin, strides: steps }) => {
    const strides = stridesOf(x.shape);
    const start = begin.reduce((sum, first, axis) => sum + first * strides[axis], 0);
    const from = walk(
      out.shape,
      strides.map((stride, axis) => stride * steps[axis]),
      start,
    );
    for (let i = 0; i < from.length; i++) out.data[i] = x.data[from[i]];
  },

  dilatePad: (out, [x], { low, interior }) => {
    const strides = stridesOf(out.shape);
    const start = low.reduce((sum, before, axis) => sum + before * strides[axis], 0);
    const to = walk(
      x.shape,
      strides.map((stride, axis) => stride * (interior[axis] + 1)),
      start,
    );
    out.data.fill(0);
    for (let i = 0; i < to.length; i++) out.data[to[i]] = x.data[i];
  },

  gather: (out, [x], { axis, indices }) => {
    const inner = stridesOf(x.shape)[axis];
    for (let i = 0; i < out.data.length; i++) {
      const outer = Math.floor(i / (inner * indices.length));
      const at = indices[Math.floor(i / inner) % indices.length];
      out.data[i] = x.data[(outer * x.shape[axis] + at) * inner + (i % inner)];
    }
  },

  scatterAdd: (out, [x], { axis, indices }) => {
    const inner = stridesOf(x.shape)[axis];
    out.data.fill(0);
    for (let i = 0; i < x.data.length; i++) {
      const outer = Math.floor(i / (inner * indices.length));
      const at = indices[Math.floor(i / inner) % indices.length];
      out.data[(outer * out.shape[axis] + at) * inner + (i % inner)] += x.data[i];
    }
  },
} satisfies Partial<KernelTable>;
