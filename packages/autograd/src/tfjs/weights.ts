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

/** Reads the weight files of one group, not further than the first that is too long. */
export async function readPieces(group: WeightGroup, read: ReadFile): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (let i = 0; i < group.paths.length; i += parallelReads) {
    const left = group.byteLength - bytesIn(pieces);
    if (left < 0) break;
    const paths = group.paths.slice(i, i + parallelReads);
    pieces.push(...(await Promise.all(paths.map((path) => readFileOf(read, path, left)))));
  }
  return pieces;
}

function bytesIn(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
}

/** Cuts consecutive pieces of weight data into weights, in their file form; the data must be used up exactly. */
export function cutWeights(
  { paths, specs, byteLength }: WeightGroup,
  pieces: readonly Uint8Array[],
  options: WeightOptions,
): [string, StoredArray][] {
  const source = quote(paths);
  let left = bytesIn(pieces);
  if (left > byteLength) {
    const surplus = `${left - byteLength} bytes are left over after the last weight`;
    throw new ModelError(`${source}: ${surplus}; the file is too long`);
  }
  const take = byteTaker(pieces);
  return specs.map((spec) => {
    if (spec.byteLength > left) {
      const missing = `weight ${quote(spec.name)} needs ${spec.byteLength} bytes, ${left} are left`;
      throw new ModelError(`${source}: ${missing}; the file is too short or one is missing`);
    }
    left -= spec.byteLength;
    const bytes = take(spec.byteLength);
    if (!options.allowNonFinite) checkFinite(spec, bytes);
    return [spec.name, toStored(spec, bytes)];
  });
}

/** Hands out the next bytes of a sequence of pieces: a view where they lie in one piece, else a copy. */
function byteTaker(pieces: readonly Uint8Array[]): (length: number) => Uint8Array {
  const [first = new Uint8Array(0), ...others] = pieces;
  let rest = first;
  return (length) => {
    while (rest.byteLength === 0 && others.length > 0) rest = others.shift()!;
    const view = rest.subarray(0, length);
    rest = rest.subarray(length);
    if (view.byteLength === length) return view;
    const copy = new Uint8Array(length);
    copy.set(view);
    for (let filled = view.byteLength; filled < length; ) {
      const part = others[0].subarray(0, length - filled);
      copy.set(part, filled);
      filled += part.byteLength;
      rest = others.shift()!.subarray(part.byteLength);
    }
    return copy;
  };
}

function toStored({ shape, dtype, affine, rounded }: WeightSpec, bytes: Uint8Array): StoredArray {
  const stored = { shape, dtype, bytes };
  if (!affine || !rounded) return { ...stored, ...affine };
  const quantised = decodeStored(stored);
  const integers = new DataView(new ArrayBuffer(4 * quantised.length));
  quantised.forEach((value, i) => {
    integers.setInt32(4 * i, Math.round(value * affine.scale + affine.min), true);
  });
  return { shape, dtype: 'int32', bytes: new Uint8Array(integers.buffer) };
}

/** Bits of the exponent, all set in infinities and NaN, in the upper half of a value. */
const exponentBits = { float32: 0x7f80, float16: 0x7c00 };

function checkFinite({ name, dtype, affine }: WeightSpec, bytes: Uint8Array): void {
  if (affine) {
    const largest = (dtype === 'uint8' ? 0xff : 0xffff) * affine.scale + affine.min;
    if ([largest, affine.min].map(Math.fround).every(Number.isFinite)) return;
    throw new NotFiniteWeightError(
      `weight ${quote(name)}: scale ${affine.scale} and min ${affine.min} overflow float32`,
    );
  }
  if (dtype !== 'float32' && dtype !== 'float16') return;
  const width = dtype === 'float32' ? 4 : 2;
  const mask = exponentBits[dtype];
  for (let end = width; end <= bytes.byteLength; end += width) {
    const upper = bytes[end - 2] | (bytes[end - 1] << 8);
    if ((upper & mask) !== mask) continue;
    const mend = 'export the model again, or pass allowNonFinite';
    throw new NotFiniteWeightError(`weight ${quote(name)} holds NaN or infinity at value ${end / width - 1}; ${mend}`);
  }
}
