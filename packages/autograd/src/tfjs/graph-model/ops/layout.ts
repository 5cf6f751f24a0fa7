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
import { quote } from '../../json.ts';
import type { OpCall, OpTable } from '../op-call.ts';

export const layoutOps: OpTable = {
  Reshape: (call) => reshape(call.input(0), call.integers(1)),
  Transpose: (call) => transpose(call.input(0), call.integers(1)),
  Squeeze: (call) => {
    const axes = call.attrs.integers('squeeze_dims', call.attrs.integers('axis', []));
    return squeeze(call.input(0), axes.length > 0 ? axes : undefined);
  },
  ExpandDims: (call) => expandDims(call.input(0), call.integer(1)),
  Pad: (call) => pad(call.input(0), amounts(call, 1)),
  PadV2: (call) => pad(call.input(0), amounts(call, 1), { value: call.known(2)[0] }),
  MirrorPad: mirrorPad,
  ConcatV2: (call) => concat(call.inputs.slice(0, -1), call.integer(call.inputs.length - 1)),
  Concat: (call) => concat(call.inputs.slice(1), call.integer(0)),
  Pack: (call) => stack(call.inputs, call.attrs.integer('axis', 0)),
  Fill: (call) => broadcastTo(call.input(1), call.integers(0)),
  BroadcastTo: (call) => broadcastTo(call.input(0), call.integers(1)),
  ZerosLike: (call) => broadcastTo(call.fold([0], []), call.input(0).shape),
  OnesLike: (call) => broadcastTo(call.fold([1], []), call.input(0).shape),
  Tile: tile,
  ReverseV2: (call) => call.integers(1).reduce(reverse, call.input(0)),
  SpaceToBatchND: (call) => spaceToBatch(call.input(0), blockShape(call), amounts(call, 2)),
  BatchToSpaceND: (call) => batchToSpace(call.input(0), blockShape(call), amounts(call, 2)),
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  ResizeBilinear: (call) => resizeBilinear(call.input(0), imageSize(call), coordinates(call)),
  ResizeNearestNeighbor: (call) => resizeNearest(call.input(0), imageSize(call), coordinates(call)),
};

/** Elements before and after each axis. */
function amounts(call: OpCall, index: number): [number, number][] {
  const pairs = call.pairs(index);
  const wrong = pairs.flat().find((amount) => amount < 0 || amount > 65_536);
  if (wrong !== undefined) throw call.error(`pads or crops by ${wrong}; expected 0 to 65536`);
  return pairs;
}

function mirrorPad(call: OpCall): Tensor {
  const mode = call.attrs.string('mode');
  if (mode === 'REFLECT') return pad(call.input(0), amounts(call, 1), { mode: 'reflect' });
  if (mode === 'SYMMETRIC') return pad(call.input(0), amounts(call, 1), { mode: 'symmetric' });
  throw call.error(`has the mode ${quote(mode)}; readable are REFLECT and SYMMETRIC`);
}

/** Repeats each axis: a new axis before it is broadcast, then merged with it. */
function tile(call: OpCall): Tensor {
  const x = call.input(0);
  const multiples = call.integers(1);
  if (multiples.length !== x.shape.length)
    throw call.error(`needs ${x.shape.length} multiples, got ${multiples.length}`);
  const split = reshape(
    x,
    x.shape.flatMap((extent) => [1, extent]),
  );
  const repeated = broadcastTo(
    split,
    x.shape.flatMap((extent, axis) => [multiples[axis], extent]),
  );
  return reshape(
    repeated,
    x.shape.map((extent, axis) => extent * multiples[axis]),
  );
}

function blockShape(call: OpCall): readonly number[] {
  const sizes = call.integers(1);
  const { shape } = call.input(0);
  if (sizes.some((size) => size < 1) || sizes.length >= shape.length || call.pairs(2).length !== sizes.length) {
    throw call.error(`has the block shape [${sizes.join(', ')}] for data of shape [${shape.join(', ')}]`);
  }
  return sizes;
}

function depthToSpace(call: OpCall): Tensor {
  const { size, batch, rows, columns, channels } = blockGeometry(call);
  const blocks = reshape(call.input(0), [batch, rows, columns, size, size, channels / size ** 2]);
  const moved = transpose(blocks, [0, 1, 3, 2, 4, 5]);
  return reshape(moved, [batch, rows * size, columns * size, channels / size ** 2]);
}

function spaceToDepth(call: OpCall): Tensor {
  const { size, batch, rows, columns, channels } = blockGeometry(call);
  const blocks = reshape(call.input(0), [batch, rows / size, size, columns / size, size, channels]);
  const moved = transpose(blocks, [0, 1, 3, 2, 4, 5]);
  return reshape(moved, [batch, rows / size, columns / size, channels * size ** 2]);
}

function blockGeometry(call: OpCall) {
  call.checkLayout();
  const size = call.attrs.integer('block_size');
  const { shape } = call.input(0);
  if (shape.length !== 4 || size < 1)
    throw call.error(`has the block size ${size} for data of shape [${shape.join(', ')}]`);
  const [batch, rows, columns, channels] = shape;
  return { size, batch, rows, columns, channels };
}

function imageSize(call: OpCall): [number, number] {
  const size = call.integers(1);
  if (size.length === 2 && size[0] > 0 && size[1] > 0) return [size[0], size[1]];
  throw call.error(`resizes to [${size.join(', ')}]; expected rows and columns`);
}

function coordinates(call: OpCall) {
  if (call.attrs.boolean('align_corners', false)) return { coordinates: 'alignCorners' } as const;
  if (call.attrs.boolean('half_pixel_centers', false)) return { coordinates: 'halfPixel' } as const;
  return { coordinates: 'legacy' } as const;
}
