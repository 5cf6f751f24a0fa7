import type { Tensor } from '../../../graph/tensor.ts';
import { gather, reshape, slice } from '../../../index.ts';
import type { OpCall, OpTable } from '../op-call.ts';

export const slicingOps: OpTable = {
  Slice: (call) => {
    const x = call.input(0);
    const begin = call.integers(1);
    const size = call.integers(2).map((extent, axis) => (extent === -1 ? x.shape[axis] - begin[axis] : extent));
    return slice(x, { begin, size });
  },
  StridedSlice: stridedSlice,
  Split: (call) => {
    const count = call.attrs.integer('num_split');
    const axis = axisOf(call, call.integer(0), 1);
    call.checkCount(count);
    const extent = call.input(1).shape[axis] / count;
    if (!Number.isInteger(extent)) throw call.error(`cannot split ${call.input(1).shape[axis]} into ${count} parts`);
    return split(call.input(1), axis, Array<number>(count).fill(extent));
  },
  SplitV: (call) => {
    const x = call.input(0);
    const axis = axisOf(call, call.integer(2), 0);
    const sizes = call.integers(1);
    const rest = x.shape[axis] - sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
    return split(
      x,
      axis,
      sizes.map((size) => (size === -1 ? rest : size)),
    );
  },
  Unpack: (call) => {
    const x = call.input(0);
    const axis = axisOf(call, call.attrs.integer('axis', 0), 0);
    call.checkCount(x.shape[axis]);
    const parts = split(x, axis, Array<number>(x.shape[axis]).fill(1));
    return parts.map((part) => reshape(part, x.shape.toSpliced(axis, 1)));
  },
  Gather: (call) => take(call, 0),
  GatherV2: (call) => {
    if (call.attrs.integer('batch_dims', 0) !== 0) throw call.error('gathers within batches, which is not read');
    return take(call, call.integer(2));
  },
};

function axisOf(call: OpCall, axis: number, input: number): number {
  const rank = call.input(input).shape.length;
  const resolved = axis < 0 ? axis + rank : axis;
  if (resolved < 0 || resolved >= rank) throw call.error(`has the axis ${axis} for data of rank ${rank}`);
  return resolved;
}

function split(x: Tensor, axis: number, sizes: readonly number[]): Tensor[] {
  let start = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, at) => (at === axis ? start : 0));
    start += size;
    return slice(x, { begin, size: x.shape.with(axis, size) });
  });
}

/** Slices of input 0 along an axis, at the known indices of input 1, whose axes take the place of that axis. */
function take(call: OpCall, axis: number): Tensor {
  const x = call.input(0);
  const at = axisOf(call, axis, 0);
  const shape = [...x.shape.slice(0, at), ...call.input(1).shape, ...x.shape.slice(at + 1)];
  return reshape(gather(x, call.integers(1), at), shape);
}

/** One entry of a strided slice: what happens to one axis of the input, or a new axis of extent 1. */
interface AxisRange {
  readonly begin: number;
  readonly size: number;
  readonly stride: number;
  readonly dropped: boolean;
}

/**
 * Python slicing. Each bit of a mask speaks of one entry of begin, end and strides: `begin_mask` and `end_mask` leave
 * that bound open, `ellipsis_mask` stands for all axes that no other entry names, `new_axis_mask` adds an axis, and
 * `shrink_axis_mask` takes one element and drops the axis.
 */
function stridedSlice(call: OpCall): Tensor {
  const x = call.input(0);
  const [begin, end, strides] = [1, 2, 3].map((index) => call.integers(index));
  if (begin.length !== end.length || begin.length !== strides.length || begin.length > 32) {
    throw call.error(`has ${begin.length} begins, ${end.length} ends and ${strides.length} strides`);
  }
  const bit = (mask: string) => {
    const bits = call.attrs.integer(mask, 0);
    return (entry: number) => ((bits >>> entry) & 1) === 1;
  };
  const [openBegin, openEnd, isEllipsis] = [bit('begin_mask'), bit('end_mask'), bit('ellipsis_mask')];
  const [isNew, isShrunk] = [bit('new_axis_mask'), bit('shrink_axis_mask')];

  const named = begin.filter((_, entry) => !isEllipsis(entry) && !isNew(entry)).length;
  const whole = (extent: number): AxisRange => ({ begin: 0, size: extent, stride: 1, dropped: false });
  const ranges: AxisRange[] = [];
  const shape: number[] = [];
  const consume = (range: AxisRange) => {
    ranges.push(range);
    if (!range.dropped) shape.push(range.size);
  };
  for (let entry = 0; entry < begin.length; entry++) {
    if (isEllipsis(entry)) {
      for (let rest = x.shape.length - named; rest > 0; rest--) consume(whole(x.shape[ranges.length]));
    } else if (isNew(entry)) {
      shape.push(1);
    } else {
      const extent = x.shape[ranges.length];
      if (extent === undefined) throw call.error(`slices ${named} axes of data of shape [${x.shape.join(', ')}]`);
      const bounds = {
        begin: openBegin(entry) ? undefined : begin[entry],
        end: openEnd(entry) ? undefined : end[entry],
        stride: strides[entry],
      };
      consume(isShrunk(entry) ? oneElement(call, begin[entry], extent) : resolveRange(call, bounds, extent));
    }
  }
  while (ranges.length < x.shape.length) consume(whole(x.shape[ranges.length]));
  const part = slice(x, {
    begin: ranges.map((range) => range.begin),
    size: ranges.map((range) => range.size),
    strides: ranges.map((range) => range.stride),
  });
  return reshape(part, shape);
}

function oneElement(call: OpCall, index: number, extent: number): AxisRange {
  const begin = index < 0 ? index + extent : index;
  if (begin < 0 || begin >= extent) throw call.error(`takes element ${index} of an axis of extent ${extent}`);
  return { begin, size: 1, stride: 1, dropped: true };
}

interface Bounds {
  readonly begin: number | undefined;
  readonly end: number | undefined;
  readonly stride: number;
}

function resolveRange(call: OpCall, { begin, end, stride }: Bounds, extent: number): AxisRange {
  if (stride === 0) throw call.error('has a stride of 0');
  const [lowest, highest] = stride > 0 ? [0, extent] : [-1, extent - 1];
  const resolve = (bound: number) => Math.min(Math.max(bound < 0 ? bound + extent : bound, lowest), highest);
  const first = begin === undefined ? (stride > 0 ? lowest : highest) : resolve(begin);
  const last = end === undefined ? (stride > 0 ? highest : lowest) : resolve(end);
  const size = Math.max(0, Math.ceil((last - first) / stride));
  return { begin: size === 0 ? 0 : first, size, stride: size === 0 ? 1 : stride, dropped: false };
}
