import { decodeConstant, type Tensor } from '../graph/tensor.ts';
import { type Shape, sizeOf, stridesOf } from '../shape.ts';
import { walk } from '../walk.ts';

/** An array that never changes: a weight, or a table that belongs to a kernel. */
export interface Constant {
  readonly size: number;
  /** Its values, decoded anew at each call. */
  readonly decode: () => Float32Array;
}

/** Makes the constants of a plan: the same object for the same values, so that they reach the device once. */
export interface ConstantPool {
  /** @param order  axes of the tensor, outermost first, where a kernel wants them in another order */
  readonly ofTensor: (tensor: Tensor, order?: readonly number[]) => Constant;
  readonly ofTable: (table: Float32Array) => Constant;
}

export function createConstantPool(): ConstantPool {
  const tensors = new Map<Tensor, Map<string, Constant>>();
  const tables = new Map<string, Constant>();
  return {
    ofTensor: (tensor, order) => {
      const known = tensors.get(tensor) ?? new Map<string, Constant>();
      tensors.set(tensor, known);
      return intern(known, String(order ?? ''), {
        size: sizeOf(tensor.shape),
        decode: () => reorder(toFloat32(decodeConstant(tensor).data), tensor.shape, order),
      });
    },
    ofTable: (table) => intern(tables, table.join(), { size: table.length, decode: () => table }),
  };
}

function intern(known: Map<string, Constant>, key: string, constant: Constant): Constant {
  const first = known.get(key) ?? constant;
  known.set(key, first);
  return first;
}

function reorder(values: Float32Array, shape: Shape, order: readonly number[] | undefined): Float32Array {
  if (!order) return values;
  const own = stridesOf(shape);
  const places = walk(
    order.map((axis) => shape[axis]),
    order.map((axis) => own[axis]),
  );
  return Float32Array.from(places, (place) => values[place]);
}

/** Stands in for arrays without elements, which GPU.js does not take. */
const nothing = new Float32Array(1);

/** An array as GPU.js takes it: float32, and never empty. */
export function toFloat32(values: ArrayLike<number>): Float32Array {
  if (values.length === 0) return nothing;
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
