import { type StoredArray, storedValueSize } from '../stored-array.ts';
import { type Json, quote } from './json.ts';
import type { ModelLimits } from './limits.ts';
import { ModelError } from './model-error.ts';
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

/** dtypes of the format; `string` and `complex64` cannot be weights of a network. */
const plainTypes: ReadonlyMap<string, StoredArray['dtype']> = new Map(
  (['float32', 'float16', 'int32', 'uint8', 'uint16', 'bool'] as const).map((dtype) => [dtype, dtype]),
);
const quantizedTypes: ReadonlyMap<string, 'uint8' | 'uint16' | 'float16'> = new Map([
  ['uint8', 'uint8'],
  ['uint16', 'uint16'],
  ['float16', 'float16'],
]);

/** Reads `weightsManifest`; all paths, shapes and sizes are checked, nothing is read or allocated. */
export function readManifest(manifest: Json, limits: ModelLimits): WeightGroup[] {
  const groups = manifest.list().map((group) => {
    const paths = group
      .at('paths')
      .list()
      .map((path) => checkPath(path.string(), path.where));
    return { paths, ...readSpecs(group.at('weights'), limits) };
  });
  checkTotals(groups, limits);
  return groups;
}

/** Reads `weightSpecs`, the form in which weights that are in memory already are described. */
export function readSpecs(list: Json, limits: ModelLimits): Omit<WeightGroup, 'paths'> {
  const specs = list.list().map((entry) => readSpec(entry, limits));
  return { specs, byteLength: specs.reduce((sum, spec) => sum + spec.byteLength, 0) };
}

export function checkTotals(groups: readonly Omit<WeightGroup, 'paths'>[], limits: ModelLimits): void {
  const specs = groups.flatMap((group) => group.specs);
  if (specs.length > limits.tensors) {
    throw new ModelError(`the model has ${specs.length} weights; the limit is ${limits.tensors} (limits.tensors)`);
  }
  const seen = new Set<string>();
  for (const { name } of specs) {
    if (seen.has(name)) throw new ModelError(`two weights are called ${quote(name)}; names must be unique`);
    seen.add(name);
  }
  const bytes = groups.reduce((sum, group) => sum + group.byteLength, 0);
  if (bytes > limits.weightBytes) {
    throw new ModelError(`the weights take ${bytes} bytes; the limit is ${limits.weightBytes} (limits.weightBytes)`);
  }
}

function readSpec(entry: Json, limits: ModelLimits): WeightSpec {
  const name = entry.at('name').string();
  if (name === '__proto__') throw entry.at('name').error('a name that is no JavaScript internal');
  const shape = readShape(entry.at('shape'), name, limits);
  const quantization = entry.at('quantization');
  const declared = plainType(entry.at('dtype'), name);
  const encoding = quantization.present ? readQuantization(quantization, name) : { dtype: declared };
  const size = shape.reduce((product, extent) => product * extent, 1);
  const byteLength = size * storedValueSize(encoding.dtype);
  if (byteLength > limits.weightBytes) {
    const bound = `the limit is ${limits.weightBytes} (limits.weightBytes)`;
    throw new ModelError(`weight ${quote(name)} of shape [${shape.join(', ')}] takes ${byteLength} bytes; ${bound}`);
  }
  return { name, shape, ...encoding, rounded: quantization.present && declared === 'int32', byteLength };
}

function readShape(shape: Json, name: string, limits: ModelLimits): number[] {
  const extents = shape.integers();
  if (extents.length > limits.rank) {
    throw new ModelError(`weight ${quote(name)} has ${extents.length} axes; the limit is ${limits.rank} (limits.rank)`);
  }
  if (extents.some((extent) => extent < 0 || extent > limits.weightBytes)) {
    const range = `extents must be from 0 to ${limits.weightBytes} (limits.weightBytes)`;
    throw new ModelError(`weight ${quote(name)} has the shape [${extents.join(', ')}]; ${range}`);
  }
  return extents;
}

function plainType(dtype: Json, name: string): StoredArray['dtype'] {
  const found = plainTypes.get(dtype.string());
  if (found) return found;
  const known = [...plainTypes.keys()].join(', ');
  throw new ModelError(`weight ${quote(name)} has the dtype ${quote(dtype.value)}; readable are ${known}`);
}

function readQuantization(quantization: Json, name: string): Pick<WeightSpec, 'dtype' | 'affine'> {
  const dtype = quantizedTypes.get(quantization.at('dtype').string());
  if (!dtype) {
    const known = [...quantizedTypes.keys()].join(', ');
    const found = quote(quantization.at('dtype').value);
    throw new ModelError(`weight ${quote(name)} is quantised as ${found}; readable are ${known}`);
  }
  if (dtype === 'float16') return { dtype };
  return { dtype, affine: { scale: quantization.at('scale').number(), min: quantization.at('min').number() } };
}
