import { decodeConstant, type Tensor } from '../../../graph/tensor.ts';
import type { HostArray } from '../../../host-array.ts';
import { sizeOf } from '../../../shape.ts';
import type { StoredArray } from '../../../stored-array.ts';

/** The numbers of a constant as they are kept: the value of each is `dequantise(number, scale, min)`. */
export interface RawNumbers {
  readonly numbers: Float32Array | Float64Array | Uint8Array | Uint16Array;
  readonly scale: number;
  readonly min: number;
}

/** How the common file forms are looked at without decoding them. */
const views = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

/** A constant's numbers without a decoded copy where that can be: a model's weights are decoded while they are packed. */
export function rawNumbers(constant: Tensor): RawNumbers {
  const source = constant.attrs.source as HostArray | StoredArray;
  if ('bytes' in source && source.dtype in views) {
    const { bytes, shape, scale = 1, min = 0 } = source;
    const View = views[source.dtype as keyof typeof views];
    const count = sizeOf(shape);
    if (bytes.byteLength === count * View.BYTES_PER_ELEMENT) {
      const isAligned = bytes.byteOffset % View.BYTES_PER_ELEMENT === 0;
      const { buffer, byteOffset } = isAligned ? bytes : bytes.slice();
      return {
        numbers: new View(buffer as ArrayBuffer, byteOffset, count),
        scale: Math.fround(scale),
        min: Math.fround(min),
      };
    }
  }
  return { numbers: decodeConstant(constant).data, scale: 1, min: 0 };
}
