import { type StoredArray, storedValueSize } from '../stored-array.ts';
import { Json, quote } from './json.ts';
import { checkLimit, type ModelLimits } from './limits.ts';
import { checkNames } from './names.ts';
import { checkPath } from './safe-path.ts';

/** One entry of a weights manifest: what the next `byteLength` bytes of the weight files are. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** How a value is stored in the file. */
  readonly dtype: StoredArray['dtype'];
  /** The affine map of quantised weights, value = stored * scale + min. */
  readonly affine?: { readonly scale: number; readonly min: number };
  /** The quantised values stand for integers. */
  readonly rounded: boolean;
  readonly byteLength: number;
}

/** Weights that are stored one after another in the concatenation of some files; a weight may straddle files. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly specs: readonly WeightSpec[];
  readonly byteLength: number;
}

const quantizedTypes = ['uint8', 'uint16', 'float16'] as const;

/** dtypes of the format; `string` and `complex64` cannot be weights of a network. */
const plainTypes = ['float32', 'int32', 'bool', ...quantizedTypes] as const;

/** Paths of the files of a group, and its list of weights as the file has it. */
export interface ManifestEntry {
  readonly paths: readonly string[];
  readonly weights: Json;
}

/** The entries of `weightsManifest`. */
export function readManifest(manifest: Json): ManifestEntry[] {
  return manifest.list().map((group) => ({
    paths: group
      .at('paths')
      .list()
      .map((path) => checkPath(path.string(), path.where)),
    weights: group.at('weights'),
  }));
}

/** Reads what weights there are; all names, shapes and sizes are checked, nothing is read or allocated. */
export function readGroups(manifest: readonly ManifestEntry[], limits: ModelLimits): WeightGroup[] {
  const groups = manifest.map(({ paths, weights }) => {
    const specs = weights.list().map((entry) => readSpec(entry, limits));
    return { paths, specs, byteLength: bytesIn(specs) };
  });
  const all = groups.flatMap(({ specs }) => specs);
  checkLimit(limits, 'tensors', [all.length, 'weights of the model']);
  checkNames(all, 'weights');
  checkLimit(limits, 'weightBytes', [bytesIn(all), 'bytes of all weights']);
  return groups;
}

export function bytesIn(parts: readonly { readonly byteLength: number }[]): number {
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function readSpec(entry: Json, limits: ModelLimits): WeightSpec {
  const name = entry.at('name').string();
  const weight = `weight ${quote(name)}`;
  const spec = new Json(entry.value, `${weight}:`);
  const shape = spec
    .at('shape')
    .list()
    .map((extent) => extent.count());
  const declared = spec.at('dtype').oneOf(plainTypes);
  const quantization = spec.at('quantization');
  const dtype = quantization.present ? quantization.at('dtype').oneOf(quantizedTypes) : declared;
  const isAffine = quantization.present && dtype !== 'float16';
  const bytesOf = (extents: readonly number[]) =>
    extents.reduce((product, extent) => product * extent, storedValueSize(dtype));
  checkLimit(limits, 'rank', [shape.length, `axes of ${weight}`]);
  // Extents are bounded even beside one of 0.
  checkLimit(limits, 'weightBytes', [bytesOf(shape.map((extent) => extent || 1)), `bytes of ${weight}`]);
  return {
    ...{ name, shape, dtype, byteLength: bytesOf(shape) },
    ...(isAffine && { affine: { scale: quantization.at('scale').number(), min: quantization.at('min').number() } }),
    rounded: isAffine && declared === 'int32',
  };
}
