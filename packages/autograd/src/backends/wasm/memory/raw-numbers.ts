import type { Tensor } from '../../../graph/tensor.ts';
import type { HostArray } from '../../../host-array.ts';
import { type StoredArray, storedNumbers } from '../../../stored-array.ts';

/** The numbers of a constant as they are kept: the value of each is `dequantise(number, scale, min)`. */
export interface RawNumbers {
  readonly numbers: HostArray['data'] | ReturnType<typeof storedNumbers>;
  readonly scale: number;
  readonly min: number;
}

/** A constant's numbers without a decoded copy where that can be: a model's weights are decoded while they are packed. */
export function rawNumbers(constant: Tensor): RawNumbers {
  const source = constant.attrs.source as HostArray | StoredArray;
  if (!('bytes' in source)) return { numbers: source.data, scale: 1, min: 0 };
  const { scale = 1, min = 0 } = source;
  return { numbers: storedNumbers(source), scale: Math.fround(scale), min: Math.fround(min) };
}
