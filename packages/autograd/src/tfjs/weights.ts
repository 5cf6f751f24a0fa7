import { decodeStored, type StoredArray } from '../stored-array.ts';
import { quote } from './json.ts';
import { ModelError, NotFiniteWeightError } from './model-error.ts';
import { type ReadFile, readFileOf } from './read-file.ts';
import type { WeightGroup, WeightSpec } from './weight-specs.ts';

export interface WeightOptions {
  /** Accept NaN and infinite weights. */
  readonly allowNonFinite: boolean;
}

/** How many weight files are asked for at a time. */
const parallelReads = 8;

/** Reads the weight files of one group and cuts them into its weights, in their file form. */
export async function loadGroup(
  group: WeightGroup,
  read: ReadFile,
  options: WeightOptions,
): Promise<[string, StoredArray][]> {
  const files: Uint8Array[] = [];
  let received = 0;
  for (let i = 0; i < group.paths.length; i += parallelReads) {
    const paths = group.paths.slice(i, i + parallelReads);
    const left = group.byteLength - received;
    const batch = await Promise.all(paths.map((path) => readFileOf(read, path, left)));
    files.push(...batch);
    received += batch.reduce((sum, file) => sum + file.byteLength, 0);
    if (received > group.byteLength) break;
  }
  return cutWeights(group, files, options);
}

/** Cuts consecutive pieces of weight data into weights; the data must be used up exactly. */
export function cutWeights(
  group: WeightGroup,
  pieces: readonly Uint8Array[],
  options: WeightOptions,
): [string, StoredArray][] {
  const source = group.paths.length > 0 ? group.paths.map((path) => quote(path)).join(', ') : 'weightData';
  const sources = source.length > 120 ? `${source.slice(0, 117)}...` : source;
  const available = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  if (available > group.byteLength) {
    const surplus = available - group.byteLength;
    throw new ModelError(`${sources}: ${surplus} bytes are left over after the last weight; the file is too long`);
  }
  const take = byteTaker(pieces);
  let left = available;
  return group.specs.map((spec) => {
    if (spec.byteLength > left) {
      const missing = `weight ${quote(spec.name)} needs ${spec.byteLength} bytes, ${left} are left`;
      throw new ModelError(`${sources}: ${missing}; the file is too short or one is missing`);
    }
    left -= spec.byteLength;
    const bytes = take(spec.byteLength);
    if (!options.allowNonFinite) checkFinite(spec, bytes);
    return [spec.name, toStored(spec, bytes)];
  });
}

/** Hands out the next bytes of a sequence of pieces: a view where they lie in one piece, else a copy. */
function byteTaker(pieces: readonly Uint8Array[]): (length: number) => Uint8Array {
  let piece = 0;
  let offset = 0;
  return (length) => {
    const parts: Uint8Array[] = [];
    for (let missing = length; missing > 0; ) {
      const part = pieces[piece].subarray(offset, offset + missing);
      missing -= part.byteLength;
      offset += part.byteLength;
      if (part.byteLength > 0) parts.push(part);
      if (offset === pieces[piece].byteLength) {
        piece++;
        offset = 0;
      }
    }
    return parts.length === 1 ? parts[0] : concatenate(parts, length);
  };
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

function toStored(spec: WeightSpec, bytes: Uint8Array): StoredArray {
  const { shape, dtype, affine } = spec;
  if (!affine) return { shape, dtype, bytes };
  if (!spec.rounded) return { shape, dtype, bytes, ...affine };
  const integers = decodeStored({ shape, dtype, bytes }).map((value) => Math.round(value * affine.scale + affine.min));
  const view = new DataView(new ArrayBuffer(4 * integers.length));
  integers.forEach((value, i) => {
    view.setInt32(4 * i, value, true);
  });
  return { shape, dtype: 'int32', bytes: new Uint8Array(view.buffer) };
}

/** Bits of the exponent that are all set in infinities and NaN, in the upper half of the value. */
const exponentBits = { float32: 0x7f80, float16: 0x7c00 } as const;

function checkFinite(spec: WeightSpec, bytes: Uint8Array): void {
  const { dtype, affine } = spec;
  if (affine) {
    const largest = (dtype === 'uint8' ? 0xff : 0xffff) * affine.scale + affine.min;
    if (Number.isFinite(Math.fround(largest)) && Number.isFinite(Math.fround(affine.min))) return;
    throw new NotFiniteWeightError(
      `weight ${quote(spec.name)}: scale ${affine.scale} and min ${affine.min} overflow float32`,
    );
  }
  if (dtype !== 'float32' && dtype !== 'float16') return;
  const width = dtype === 'float32' ? 4 : 2;
  const mask = exponentBits[dtype];
  for (let i = width - 2; i < bytes.byteLength; i += width) {
    const upper = bytes[i] | (bytes[i + 1] << 8);
    if ((upper & mask) !== mask) continue;
    const index = (i - width + 2) / width;
    const mend = 'export the model again, or pass allowNonFinite';
    throw new NotFiniteWeightError(`weight ${quote(spec.name)} holds NaN or infinity at value ${index}; ${mend}`);
  }
}
