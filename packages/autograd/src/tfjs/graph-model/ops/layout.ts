import type { Tensor } from '../../../graph/tensor.ts';
import {
  batchToSpace,
  broadcastTo,
  concat,
  expandDims,
  pad,
  reshape,
  resizeBilinear,
  resizeNearest,
  reverse,
  spaceToBatch,
  squeeze,
  stack,
  transpose,
} from '../../../index.ts';
import { fill } from '../../../primitives/broadcast.ts';
import { rearrange } from '../../../primitives/structure.ts';
import { functions } from '../functions.ts';
import type { OpBuilder, OpCall, OpTable } from '../op-call.ts';

export const layoutOps: OpTable = {
  Reshape: (call) => reshape(call.input(0), call.integers(1)),
  Transpose: (call) => transpose(call.input(0), call.integers(1)),
  Squeeze: (call) => {
    const axes = call.option('squeeze_dims').or(call.option('axis')).integers([]);
    return squeeze(call.input(0), axes.length > 0 ? axes : undefined);
  },
  ExpandDims: (call) => expandDims(call.input(0), call.integer(1)),
  Pad: (call) => pad(call.input(0), call.pairs(1)),
  PadV2: (call) => pad(call.input(0), call.pairs(1), { value: call.known(2)[0] }),
  MirrorPad: (call) => {
    const reflects = call.option('mode').oneOf(['REFLECT', 'SYMMETRIC']) === 'REFLECT';
    return pad(call.input(0), call.pairs(1), { mode: reflects ? 'reflect' : 'symmetric' });
  },
  ConcatV2: (call) => concat(call.inputs.slice(0, -1), call.integer(call.inputs.length - 1)),
  Concat: (call) => concat(call.inputs.slice(1), call.integer(0)),
  Pack: (call) => stack(call.inputs, call.option('axis').integer(0)),
  Fill: (call) => broadcastTo(call.input(1), call.integers(0)),
  BroadcastTo: (call) => broadcastTo(call.input(0), call.integers(1)),
  ...functions({ ZerosLike: (x) => fill(0, x.shape), OnesLike: (x) => fill(1, x.shape) }),
  Tile: tile,
  ReverseV2: (call) => call.integers(1).reduce(reverse, call.input(0)),
  SpaceToBatchND: (call) => spaceToBatch(call.input(0), call.integers(1), call.pairs(2)),
  BatchToSpaceND: (call) => batchToSpace(call.input(0), call.integers(1), call.pairs(2)),
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  ResizeBilinear: resize(resizeBilinear),
  ResizeNearestNeighbor: resize(resizeNearest),
};

/** Repeats each axis: a new axis before it is broadcast, then merged with it. */
function tile(call: OpCall): Tensor {
  const { shape } = call.input(0);
  const multiples = call.integers(1);
  const split = reshape(
    call.input(0),
    shape.flatMap((extent) => [1, extent]),
  );
  const repeated = broadcastTo(
    split,
    multiples.flatMap((count, axis) => [count, shape[axis]]),
  );
  return reshape(
    repeated,
    multiples.map((count, axis) => count * shape[axis]),
  );
}

function depthToSpace(call: OpCall): Tensor {
  const size = blockSize(call);
  const [batch, rows, columns, channels] = call.input(0).shape;
  return rearrange(call.input(0), [batch, rows, columns, size, size, channels / size ** 2], [[0], [1, 3], [2, 4], [5]]);
}

function spaceToDepth(call: OpCall): Tensor {
  const size = blockSize(call);
  const [batch, rows, columns, channels] = call.input(0).shape;
  return rearrange(
    call.input(0),
    [batch, rows / size, size, columns / size, size, channels],
    [[0], [1], [3], [2, 4, 5]],
  );
}

function blockSize(call: OpCall): number {
  call.checkLayout();
  return call.option('block_size').integer();
}

function resize(op: typeof resizeBilinear): OpBuilder {
  return (call) => {
    const [rows, columns] = call.integers(1);
    const centres = call.flag('half_pixel_centers') ? 'halfPixel' : 'legacy';
    const coordinates = call.flag('align_corners') ? 'alignCorners' : centres;
    return op(call.input(0), [rows, columns], { coordinates });
  };
}
