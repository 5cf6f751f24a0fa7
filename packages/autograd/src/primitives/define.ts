import {
  type Attributes,
  type Definition,
  type DifferentiatedNode,
  type DType,
  define,
  internNode,
  type Tensor,
} from '../graph/tensor.ts';
import { checkShape, type Shape, ShapeError } from '../shape.ts';
import type { AttrsOf, PrimitiveName } from './attributes.ts';
import { type Linearity, linearInNone } from './linearity.ts';

interface PrimitiveSpec<N extends PrimitiveName> {
  readonly name: N;
  /** Shape of the result; throws a ShapeError that names the op. */
  readonly shape: (inputs: readonly Tensor[], attrs: AttrsOf<N>, op: N) => Shape;
  /** Gradient with respect to each input, null where nothing flows. Emits primitives only. */
  readonly vjp: (node: DifferentiatedNode<AttrsOf<N>>, grad: Tensor) => readonly (Tensor | null)[];
  /** `bool` for comparisons of floats; `same` where bools may be moved about, too; `float` of floats by default. */
  readonly dtype?: DType | 'same';
  /** Which of the inputs must be of one dtype, that of the last; all by default. */
  readonly alike?: (inputs: readonly Tensor[]) => readonly Tensor[];
  /** Multiplications that are added up, for the plan's cost figures; 0 by default. */
  readonly multiplyAdds?: (node: PrimitiveNode<N>) => number;
  /** In which inputs it is linear; in none by default. */
  readonly linear?: Linearity;
}

interface PrimitiveNode<N extends PrimitiveName> extends Pick<Tensor, 'inputs' | 'shape'> {
  readonly attrs: AttrsOf<N>;
}

export interface PrimitiveDefinition extends Definition {
  readonly kind: 'primitive';
  readonly name: PrimitiveName;
  readonly multiplyAdds: (node: Tensor) => number;
  readonly linear: Linearity;
  /** The same op on other inputs: how passes rebuild a graph. */
  readonly build: (inputs: readonly Tensor[], attrs: Attributes) => Tensor;
}

export interface Primitive<N extends PrimitiveName> {
  (inputs: readonly Tensor[], attrs: AttrsOf<N>): Tensor;
  readonly definition: PrimitiveDefinition;
}

/** Declares a primitive in one place: name, shape rule, derivative. Its kernels are in each backend's table. */
export function definePrimitive<N extends PrimitiveName>(spec: PrimitiveSpec<N>): Primitive<N> {
  const { name, alike = (inputs) => inputs, linear = linearInNone, multiplyAdds = () => 0 } = spec;
  const build = (inputs: readonly Tensor[], attrs: AttrsOf<N>): Tensor => {
    const dtype = spec.dtype === 'same' ? inputs[inputs.length - 1].dtype : (spec.dtype ?? 'float');
    const needed = spec.dtype === 'same' ? dtype : 'float';
    const wrong = alike(inputs).find((tensor) => tensor.dtype !== needed);
    if (wrong) throw new ShapeError(`${name} needs ${needed} inputs, got ${wrong.dtype} from ${wrong.op}`);
    const shape = spec.shape(inputs, attrs, name);
    checkShape(name, shape);
    return internNode({ definition, inputs, attrs: attrs as Attributes, shape, dtype });
  };
  // The attributes of a node are those that its op was built with.
  const parts = { kind: 'primitive', name, build, rule: spec.vjp, multiplyAdds, linear };
  const definition = define(parts as unknown as PrimitiveDefinition);
  return Object.assign(build, { definition });
}

/** Multiplications that are added up in a node. */
export function multiplyAddsOf(node: Tensor): number {
  return isPrimitive(node.definition) ? node.definition.multiplyAdds(node) : 0;
}

export function isPrimitive(definition: Definition): definition is PrimitiveDefinition {
  return definition.kind === 'primitive';
}
