import { decodeStored, type StoredArray, storedValueSize } from '../stored-array.ts';
import { quote } from './json.ts';
import { ModelError, NotFiniteWeightError } from './model-error.ts';
import { type ReadFile, readFileOf } from './read-file.ts';
import { bytesIn, type WeightGroup, type WeightSpec } from './weight-specs.ts';

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

/** Cuts consecutive pieces of weight data into weights, in their file form; the data must be used up exactly. */
export function cutWeights(
  { paths, specs, byteLength }: WeightGroup,
  pieces: readonly Uint8Array[],
  options: WeightOptions,
): [string, StoredArray][] {
  const source = quote(paths);
  const surplus = bytesIn(pieces) - byteLength;
  if (surplus > 0) {
    throw new ModelError(`${source}: ${surplus} bytes are left over after the last weight; the file is too long`);
  }
  const take = byteTaker(pieces);
  return specs.map((spec) => {
    const bytes = take(spec.byteLength);
    if (bytes.byteLength < spec.byteLength) {
      const missing = `weight ${quote(spec.name)} needs ${spec.byteLength} bytes, ${bytes.byteLength} are left`;
      throw new ModelError(`${source}: ${missing}; the file is too short or one is missing`);
    }
    if (!options.allowNonFinite) checkFinite(spec, bytes);
    return [spec.name, toStored(spec, bytes)];
  });
}

/** Hands out the next bytes of consecutive pieces, while there are: a view where they lie in one piece, else a copy. */
function byteTaker(pieces: readonly Uint8Array[]): (length: number) => Uint8Array {
  const rest = [...pieces];
  return (length) => {
    const parts: Uint8Array[] = [];
    for (let missing = length; missing > 0 && rest.length > 0; missing -= parts.at(-1)!.byteLength) {
      parts.push(rest[0].subarray(0, missing));
      rest[0] = rest[0].subarray(missing);
      if (rest[0].byteLength === 0) rest.shift();
    }
    if (parts.length === 1) return parts[0];
    const bytes = new Uint8Array(bytesIn(parts));
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.byteLength;
    }
    return bytes;
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
const exponentBits: Partial<Record<StoredArray['dtype'], number>> = { float32: 0x7f80, float16: 0x7c00 };

function checkFinite({ name, dtype, affine }: WeightSpec, bytes: Uint8Array): void {
  const width = storedValueSize(dtype);
  if (affine) {
    const largest = (256 ** width - 1) * affine.scale + affine.min;
    if ([largest, affine.min].map(Math.fround).every(Number.isFinite)) return;
    throw new NotFiniteWeightError(
      `weight ${quote(name)}: scale ${affine.scale} and min ${affine.min} overflow float32`,
      name,
    );
  }
  const mask = exponentBits[dtype];
  if (mask === undefined) return;
  for (let end = width; end <= bytes.byteLength; end += width) {
    const upper = bytes[end - 2] | (bytes[end - 1] << 8);
    if ((upper & mask) !== mask) continue;
    const mend = 'export the model again, or pass allowNonFinite';
    const place = `value ${end / width - 1}`;
    throw new NotFiniteWeightError(`weight ${quote(name)} holds NaN or infinity at ${place}; ${mend}`, name);
  }
}
