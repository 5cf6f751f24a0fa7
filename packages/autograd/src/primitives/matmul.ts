import type { Tensor } from '../graph/tensor.ts';
import { ShapeError, showShape, sizeOf } from '../shape.ts';
import type { AttrsOf } from './attributes.ts';
import { definePrimitive } from './define.ts';
import { linearInOne } from './linearity.ts';

const matmulOp = definePrimitive({
  name: 'matmul',
  linear: linearInOne,
  shape: ([a, b], { transposeA, transposeB }) => {
    if (a.shape.length === 2 && b.shape.length === 2) {
      const [rows, inner] = transposeA ? a.shape.toReversed() : a.shape;
      const [innerB, columns] = transposeB ? b.shape.toReversed() : b.shape;
      if (inner === innerB) return [rows, columns];
    }
    const show = (x: Tensor, transposed: boolean) => `${transposed ? 'transposed ' : ''}${showShape(x.shape)}`;
    throw new ShapeError(`matmul needs [m, k] and [k, n], got ${show(a, transposeA)} and ${show(b, transposeB)}`);
  },
  multiplyAdds: ({ inputs: [a], shape, attrs: { transposeA } }) => sizeOf(shape) * a.shape[transposeA ? 0 : 1],
  vjp: ({ inputs: [a, b], attrs: { transposeA, transposeB } }, grad) => [
    transposeA
      ? matmul(b, grad, { transposeA: transposeB, transposeB: true })
      : matmul(grad, b, { transposeB: !transposeB }),
    transposeB
      ? matmul(grad, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, grad, { transposeA: !transposeA }),
  ],
});

/** Matrix product of `[m, k]` and `[k, n]`, either transposed first on request. */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: Partial<AttrsOf<'matmul'>> = {},
): Tensor {
  return matmulOp([a, b], { transposeA, transposeB });
}

export const matmulPrimitives = { matmul: matmulOp };
