import type { Tensor } from '../../../graph/tensor.ts';
import { gather, reshape, slice } from '../../../index.ts';
import { sliceAlong } from '../../../primitives/structure.ts';
import type { OpCall, OpTable } from '../op-call.ts';

export const slicingOps: OpTable = {
  Slice: (call) => {
    const x = call.input(0);
    const begin = call.integers(1);
    const size = call.integers(2).map((extent, axis) => (extent === -1 ? x.shape[axis] - begin[axis] : extent));
    return slice(x, { begin, size });
  },
  StridedSlice: stridedSlice,
  Split: (call) => splitEvenly(call, call.input(1), [call.integer(0), call.option('num_split').integer()]),
  SplitV: (call) => {
    const x = call.input(0);
    const axis = call.integer(2);
    const sizes = call.integers(1);
    const rest = x.shape.at(axis)! - sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
    let start = 0;
    return sizes.map((given) => {
      const size = given === -1 ? rest : given;
      start += size;
      return sliceAlong(x, axis, [start - size, size]);
    });
  },
  Unpack: (call) => {
    const x = call.input(0);
    const axis = call.option('axis').integer(0);
    const parts = splitEvenly(call, x, [axis, x.shape.at(axis)!]);
    return parts.map((part) => reshape(part, x.shape.toSpliced(axis, 1)));
  },
  Gather: (call) => take(call, 0),
  GatherV2: (call) => {
    const batched = call.option('batch_dims');
    if (batched.integer(0) !== 0) throw batched.error('0: gathering within batches is not read');
    return take(call, call.integer(2));
  },
};

function splitEvenly(call: OpCall, x: Tensor, [axis, count]: readonly [number, number]): Tensor[] {
  const extent = x.shape.at(axis)! / count;
  call.checkCount(count);
  return Array.from({ length: count }, (_, i) => sliceAlong(x, axis, [i * extent, extent]));
}

/** Slices of input 0 along an axis, at the known indices of input 1, whose axes take the place of that axis. */
function take(call: OpCall, axis: number): Tensor {
  const x = call.input(0);
  return reshape(gather(x, call.integers(1), axis), x.shape.toSpliced(axis, 1, ...call.input(1).shape));
}

/** What a strided slice takes of one axis of its input. */
interface AxisRange {
  readonly begin: number;
  readonly size: number;
  readonly stride: number;
}

const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];

/**
 * Python slicing. Each bit of a mask speaks of one entry of begin, end and strides: `begin_mask` and `end_mask` leave
 * that bound open, `ellipsis_mask` stands for all axes that no other entry names, `new_axis_mask` adds an axis, and
 * `shrink_axis_mask` takes one element and drops the axis.
 */
function stridedSlice(call: OpCall): Tensor {
  const x = call.input(0);
  const [begin, end, strides] = [1, 2, 3].map((index) => call.integers(index));
  const [openBegin, openEnd, isEllipsis, isNew, isElement] = masks.map((mask) => {
    const bits = call.option(mask).integer(0);
    return (entry: number) => ((bits >>> entry) & 1) === 1;
  });
  const ranges: AxisRange[] = [];
  const shape: number[] = [];
  const takeWholeAxes = (end: number) => {
    for (const extent of x.shape.slice(ranges.length, end)) {
      ranges.push({ begin: 0, size: extent, stride: 1 });
      shape.push(extent);
    }
  };
  begin.forEach((first, entry) => {
    const extent = x.shape[ranges.length];
    if (isEllipsis(entry)) {
      const later = begin.filter((_, other) => other > entry && !isNew(other));
      takeWholeAxes(x.shape.length - later.length);
    } else if (isNew(entry)) {
      shape.push(1);
    } else if (isElement(entry)) {
      ranges.push({ begin: first < 0 ? first + extent : first, size: 1, stride: 1 });
    } else {
      const stride = strides[entry];
      const from = openBegin(entry) ? -stride * Number.POSITIVE_INFINITY : first;
      const to = openEnd(entry) ? stride * Number.POSITIVE_INFINITY : end[entry];
      const range = resolveRange([from, to], stride, extent);
      ranges.push(range);
      shape.push(range.size);
    }
  });
  takeWholeAxes(x.shape.length);
  const part = slice(x, {
    begin: ranges.map((range) => range.begin),
    size: ranges.map((range) => range.size),
    strides: ranges.map((range) => range.stride),
  });
  return reshape(part, shape);
}

/** Bounds count from the end where they are negative, and are moved into the axis where they lie outside. */
function resolveRange(bounds: readonly number[], stride: number, extent: number): AxisRange {
  const [lowest, highest] = stride > 0 ? [0, extent] : [-1, extent - 1];
  const [first, last] = bounds.map((bound) => Math.min(Math.max(bound < 0 ? bound + extent : bound, lowest), highest));
  const size = Math.max(0, Math.ceil((last - first) / stride));
  return size === 0 ? { begin: 0, size, stride: 1 } : { begin: first, size, stride };
}
