import type { Tensor } from '../graph/tensor.ts';
import { keyShape } from '../random/random-key.ts';
import { checkSameShape, type Shape, ShapeError } from '../shape.ts';
import { definePrimitive } from './define.ts';

const randomNormalOp = definePrimitive({
  name: 'randomNormal',
  shape: ([key], { shape, deviation }) => {
    checkSameShape('randomNormal needs a key', key.shape, keyShape);
    if (!(deviation >= 0 && Number.isFinite(deviation))) {
      throw new ShapeError(`randomNormal needs a finite deviation of at least 0, got ${deviation}`);
    }
    return shape;
  },
  vjp: () => [null],
});

export interface RandomNormalOptions {
  readonly shape: Shape;
  /** Standard deviation, >= 0; default 1. */
  readonly deviation?: number;
}

/**
 * Normal noise, independent for every value: the same key gives the same bytes on every backend, whatever else runs.
 * Nothing flows back to the key.
 *
 * @param key  `[4]`, made by `randomKey`
 */
export function randomNormal(key: Tensor, { shape, deviation = 1 }: RandomNormalOptions): Tensor {
  return randomNormalOp([key], { shape, deviation });
}

export const randomPrimitives = { randomNormal: randomNormalOp };
