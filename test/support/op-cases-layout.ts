import * as ag from '@igos/autograd';
import { floats, given, type Row } from './op-inputs.ts';

/** Rows for everything that moves values about. */
export const layoutRows = {
  reshape: [
    { note: 'to given extents', inputs: [floats([2, 3, 4])], build: (x) => ag.reshape(x, [6, 4]) },
    { note: 'with one extent open', inputs: [floats([2, 3, 4])], build: (x) => ag.reshape(x, [3, -1]) },
  ],
  transpose: [
    { inputs: [floats([2, 3, 4])], build: (x) => ag.transpose(x, [1, 2, 0]) },
    { note: 'axes from the end', inputs: [floats([2, 3, 4])], build: (x) => ag.transpose(x, [-1, 0, -2]) },
  ],
  concat: [
    { note: 'along axis 0', inputs: [floats([2, 3]), floats([1, 3])], build: (a, b) => ag.concat([a, b], 0) },
    { note: 'along the last axis', inputs: [floats([2, 3]), floats([2, 1])], build: (a, b) => ag.concat([a, b], -1) },
    { note: 'of one tensor twice', inputs: [floats([2, 3])], build: (a) => ag.concat([a, a], 1) },
  ],
  stack: [
    { note: 'on a new first axis', inputs: [floats([2, 3]), floats([2, 3])], build: (a, b) => ag.stack([a, b]) },
    { note: 'on a new last axis', inputs: [floats([2, 3]), floats([2, 3])], build: (a, b) => ag.stack([a, b], -1) },
  ],
  slice: [
    { note: 'plain', inputs: [floats([4, 5])], build: (x) => ag.slice(x, { begin: [1, 2], size: [3, 2] }) },
    {
      note: 'strided',
      inputs: [floats([7, 5])],
      build: (x) => ag.slice(x, { begin: [1, 0], size: [3, 2], strides: [2, 3] }),
    },
    {
      note: 'backwards',
      inputs: [floats([7, 5])],
      build: (x) => ag.slice(x, { begin: [6, 1], size: [3, 2], strides: [-2, 1] }),
    },
  ],
  gather: [{ inputs: [floats([3, 4, 2])], build: (x) => ag.gather(x, [2, 0, 2], -2) }],
  reverse: [{ inputs: [floats([3, 4, 2])], build: (x) => ag.reverse(x, 1) }],
  squeeze: [
    { note: 'all', inputs: [floats([1, 3, 1, 2])], build: (x) => ag.squeeze(x) },
    { note: 'one axis', inputs: [floats([1, 3, 1, 2])], build: (x) => ag.squeeze(x, -2) },
  ],
  expandDims: [
    { note: 'before the first axis', inputs: [floats([3, 2])], build: (x) => ag.expandDims(x, 0) },
    { note: 'after the last axis', inputs: [floats([3, 2])], build: (x) => ag.expandDims(x, -1) },
  ],
  pad: [
    {
      note: 'zeros',
      inputs: [floats([2, 3])],
      build: (x) =>
        ag.pad(x, [
          [1, 0],
          [0, 2],
        ]),
    },
    {
      note: 'a value',
      inputs: [floats([2, 3, 2])],
      build: (x) =>
        ag.pad(
          x,
          [
            [0, 0],
            [2, 1],
            [1, 0],
          ],
          { value: 3.5 },
        ),
    },
    {
      note: 'reflect',
      inputs: [floats([2, 5, 3])],
      build: (x) =>
        ag.pad(
          x,
          [
            [0, 0],
            [4, 3],
            [1, 2],
          ],
          { mode: 'reflect' },
        ),
    },
    {
      note: 'symmetric',
      inputs: [floats([2, 3])],
      build: (x) =>
        ag.pad(
          x,
          [
            [2, 1],
            [3, 0],
          ],
          { mode: 'symmetric' },
        ),
    },
  ],
  spaceToBatch: [
    { note: 'one axis', inputs: [floats([2, 6, 3])], build: (x) => ag.spaceToBatch(x, [3], [[0, 0]]) },
    {
      note: '2×2',
      inputs: [floats([2, 4, 6, 3])],
      build: (x) =>
        ag.spaceToBatch(
          x,
          [2, 2],
          [
            [0, 0],
            [0, 0],
          ],
        ),
    },
    {
      note: '2×3, padded',
      inputs: [floats([1, 5, 4, 2])],
      build: (x) =>
        ag.spaceToBatch(
          x,
          [2, 3],
          [
            [1, 0],
            [1, 1],
          ],
        ),
    },
  ],
  randomNormal: [
    {
      inputs: [given([4], [...ag.randomKey(3).data])],
      build: (key) => ag.randomNormal(key, { shape: [2, 5], deviation: 0.5 }),
    },
  ],
  batchToSpace: [
    { note: 'one axis', inputs: [floats([6, 2, 3])], build: (x) => ag.batchToSpace(x, [3], [[1, 0]]) },
    {
      note: '2×2',
      inputs: [floats([8, 2, 3, 3])],
      build: (x) =>
        ag.batchToSpace(
          x,
          [2, 2],
          [
            [0, 0],
            [0, 0],
          ],
        ),
    },
    {
      note: '2×3, cut',
      inputs: [floats([6, 3, 2, 2])],
      build: (x) =>
        ag.batchToSpace(
          x,
          [2, 3],
          [
            [1, 0],
            [1, 1],
          ],
        ),
    },
  ],
} satisfies Readonly<Record<string, readonly Row[]>>;
