import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeNpy, encodeNpy, NpyError, NpyNotFiniteError } from 'igos/pictures';
import { afterAll, describe, expect, test } from 'vitest';
import { exitCodes } from '../../packages/cli/src/errors.ts';
import { readNpy } from '../../packages/cli/src/image/read-npy.ts';

/** A file as numpy writes it, from a header text and raw data. */
function npy(header: string, data: Uint8Array = new Uint8Array(0), version = 1): Uint8Array {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  const magic = Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1');
  return Buffer.concat([magic, length, Buffer.from(header, 'latin1'), data]);
}

const dict = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const doubles = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer);

/** np.save(file, np.array([[1, 2, 3], [4, 5, 6.5]], '<f4')) in numpy 2.4.6. */
const writtenByNumpy = Buffer.from(
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAg' +
    'ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQAAAQEAAAIBAAACgQAAA0EA=',
  'base64',
);

describe('decodeNpy', () => {
  test('a file written by numpy', () => {
    expect(decodeNpy(writtenByNumpy)).toEqual({ data: Float32Array.of(1, 2, 3, 4, 5, 6.5), shape: [2, 3] });
  });

  test.each([1, 2, 3])('format version %i', (version) => {
    const file = npy(`${dict('<f8', '(2,)')}\n`, doubles(0.1, -2), version);
    expect(decodeNpy(file)).toEqual({ data: Float64Array.of(0.1, -2), shape: [2] });
  });

  test('shapes of one axis, of none, and of an empty array; keys in any order', () => {
    expect(decodeNpy(npy(dict('<f4', '(1,)'), floats(7))).shape).toEqual([1]);
    expect(decodeNpy(npy(dict('<f4', '()'), floats(7))).shape).toEqual([]);
    expect(decodeNpy(npy(dict('<f4', '(0, 3)'))).shape).toEqual([0, 3]);
    const file = npy("{'shape': (2, 1), 'fortran_order': False, 'descr': '<f4'}", floats(1, 2));
    expect(decodeNpy(file)).toEqual({ data: Float32Array.of(1, 2), shape: [2, 1] });
  });

  test('data that begin at an odd byte of a larger buffer', () => {
    const file = npy(dict('<f4', '(2,)'), floats(3, 4));
    const moved = new Uint8Array(file.length + 1);
    moved.set(file, 1);
    expect(decodeNpy(moved.subarray(1)).data).toEqual(Float32Array.of(3, 4));
  });

  test.each([
    ['not a .npy file', new Uint8Array(0), /not a \.npy file/],
    ['text', Buffer.from('0.5 0.25 0.75 1.0'), /not a \.npy file/],
    ['version 4', npy(dict('<f4', '(1,)'), floats(1), 4), /version is 4/],
    ['integers', npy(dict('<i4', '(1,)'), floats(1)), /dtype is '<i4', needed is '<f4' or '<f8'/],
    ['big-endian', npy(dict('>f4', '(1,)'), floats(1)), /dtype is '>f4'/],
    ['half precision', npy(dict('<f2', '(2,)'), floats(1)), /dtype is '<f2'/],
    ['a record', npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", floats(1)), /plain array/],
    ['Fortran order', npy(dict('<f4', '(1, 1)', 'True'), floats(1)), /Fortran order/],
    ['an unknown key', npy(`{'extra': 'x', ${dict('<f4', '(1,)').slice(1)}`, floats(1)), /plain array/],
    ['a missing key', npy("{'descr': '<f4', 'shape': (1,), }", floats(1)), /plain array/],
    ['code after the header', npy(`${dict('<f4', '(1,)')} + boom()`, floats(1)), /plain array/],
    [
      'data cut short',
      npy(dict('<f4', '(2, 3)'), floats(1, 2, 3, 4, 5)),
      /cut short.* needs 24 bytes of data, found 20/,
    ],
    ['trailing bytes', npy(dict('<f4', '(2,)'), floats(1, 2, 3)), /left over.* needs 8 bytes of data, found 12/],
    ['a header cut short', npy(dict('<f4', '(2,)')).subarray(0, 30), /cut short within its header/],
    ['a header of 20000 bytes', npy(' '.repeat(20000)), /header is 20000 bytes long/],
    [
      'a header longer than the file',
      Buffer.from('\x93NUMPY\x02\0\xff\xff\xff\xff', 'latin1'),
      /header is 4294967295 bytes/,
    ],
    ['an array larger than memory', npy(dict('<f4', '(1000000, 1000000)')), /cut short.* needs 4000000000000 bytes/],
    ['a size beyond whole numbers', npy(dict('<f4', '(99999999999, 99999999999)')), /too large/],
    ['a product that wraps to zero', npy(dict('<f4', '(4294967296, 4294967296, 4294967296)')), /too large/],
    ['nine axes', npy(dict('<f4', '(1, 1, 1, 1, 1, 1, 1, 1, 1)'), floats(1)), /9 axes/],
    ['a negative size', npy(dict('<f4', '(-1,)')), /plain array/],
    ['a hole in the shape', npy(dict('<f4', '(1,,1)'), floats(1)), /shape \(1,,1\) cannot be read/],
  ])('refuses %s', (_what, file, message) => {
    expect(() => decodeNpy(file)).toThrow(NpyError);
    expect(() => decodeNpy(file)).toThrow(message);
  });

  test.each([
    ['big-endian', npy(dict('>f4', '(1,)'), floats(1)), { kind: 'dtype', dtype: '>f4' }],
    ['Fortran order', npy(dict('<f4', '(1, 1)', 'True'), floats(1)), { kind: 'order' }],
    ['NaN', npy(dict('<f4', '(1,)'), floats(Number.NaN)), { kind: 'not-finite' }],
    ['text', Buffer.from('0.5 0.25 0.75 1.0'), { kind: 'damaged' }],
  ])('says what is wrong as data, too: %s', (_what, file, fault) => {
    expect(() => decodeNpy(file)).toThrow(expect.objectContaining({ fault }));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d, naming the first', (bad) => {
    const file = npy(dict('<f8', '(2, 3)'), doubles(0, 1, 2, 3, bad, bad));
    expect(() => decodeNpy(file)).toThrow(NpyNotFiniteError);
    expect(() => decodeNpy(file)).toThrow(
      expect.objectContaining({ index: 4, message: `the value at [1, 1] is ${bad}, needed are finite numbers` }),
    );
  });
});

describe('encodeNpy', () => {
  test('writes what numpy writes, byte for byte', () => {
    const file = encodeNpy({ data: Float64Array.of(1, 2, 3, 4, 5, 6.5), shape: [2, 3] });
    expect(file).toEqual(new Uint8Array(writtenByNumpy));
  });

  test.each([[[3]], [[]], [[1, 2, 3, 4]]])('is read back, shape %j', (shape) => {
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i / 7);
    const file = encodeNpy({ data, shape });
    expect(decodeNpy(file)).toEqual({ data, shape });
    expect((file.length - 4 * data.length) % 64).toBe(0);
  });

  test('refuses a shape that does not hold the data', () => {
    expect(() => encodeNpy({ data: Float32Array.of(1, 2), shape: [3] })).toThrow(RangeError);
  });
});

describe('readNpy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'igos-npy-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  test('reads a file', async () => {
    const array = { data: Float32Array.of(1, 2), shape: [2] };
    expect(await readNpy(file('a.npy', encodeNpy(array)), { exitCode: exitCodes.image })).toEqual(array);
  });

  test('names the file, with the exit code of the caller, or that for values that are not finite', async () => {
    const broken = file('broken.npy', Buffer.from('nonsense'));
    await expect(readNpy(broken, { exitCode: exitCodes.usage })).rejects.toMatchObject({
      exitCode: exitCodes.usage,
      message: `${broken}: it is not a .npy file`,
    });
    const notFinite = file('nan.npy', encodeNpy({ data: Float32Array.of(0, Number.NaN), shape: [2] }));
    await expect(readNpy(notFinite, { exitCode: exitCodes.usage })).rejects.toMatchObject({
      exitCode: exitCodes.notFinite,
      message: `${notFinite}: the value at [1] is NaN, needed are finite numbers`,
    });
    await expect(readNpy(join(folder, 'none.npy'), { exitCode: exitCodes.image })).rejects.toMatchObject({
      exitCode: exitCodes.image,
      message: expect.stringContaining('none.npy: no such file'),
    });
    await expect(readNpy(notFinite, { exitCode: exitCodes.image, maxBytes: 100 })).rejects.toThrow(/the limit is 100/);
  });
});
