import { type Attributes, type Definition, type DType, internNode, type Tensor } from '../graph/tensor.ts';
import { checkShape, type Shape, ShapeError } from '../shape.ts';
import type { AttrsOf, PrimitiveName } from './attributes.ts';
import { type Linearity, linearInNone } from './linearity.ts';

interface PrimitiveSpec<N extends PrimitiveName> {
  readonly name: N;
  /** Shape of the result; throws a ShapeError that names the op. */
  readonly shape: (inputs: readonly Tensor[], attrs: AttrsOf<N>, op: N) => Shape;
  /** Gradient with respect to each input, null where nothing flows. Emits primitives only. */
  readonly vjp: (node: VjpNode<N>) => readonly (Tensor | null)[];
  /** `bool` for comparisons of floats; `same` where bools may be moved about, too; `float` of floats by default. */
  readonly dtype?: DType | 'same';
  /** Which of the inputs must be of one dtype, that of the last; all by default. */
  readonly alike?: (inputs: readonly Tensor[]) => readonly Tensor[];
  /** Multiplications that are added up, for the plan's cost figures; 0 by default. */
  readonly multiplyAdds?: (inputs: readonly Tensor[], output: Shape, attrs: AttrsOf<N>) => number;
  /** In which inputs it is linear; in none by default. */
  readonly linear?: Linearity;
}

interface VjpNode<N extends PrimitiveName> {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: AttrsOf<N>;
  readonly grad: Tensor;
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
  const { name, alike = (inputs) => inputs, linear = linearInNone } = spec;
  const build = (inputs: readonly Tensor[], attrs: Attributes): Tensor => {
    const dtype = spec.dtype === 'same' ? inputs[inputs.length - 1].dtype : (spec.dtype ?? 'float');
    const needed = spec.dtype === 'same' ? dtype : 'float';
    const wrong = alike(inputs).find((tensor) => tensor.dtype !== needed);
    if (wrong) throw new ShapeError(`${name} needs ${needed} inputs, got ${wrong.dtype} from ${wrong.op}`);
    const shape = spec.shape(inputs, attrs as AttrsOf<N>, name);
    checkShape(name, shape);
    return internNode({ definition, inputs, attrs, shape, dtype });
  };
  const definition: PrimitiveDefinition = {
    kind: 'primitive',
    name,
    build,
    rule: (node, grad) => spec.vjp({ ...node, attrs: node.attrs as AttrsOf<N>, grad }),
    multiplyAdds: (node) => spec.multiplyAdds?.(node.inputs, node.shape, node.attrs as AttrsOf<N>) ?? 0,
    linear,
  };
  return Object.assign((inputs: readonly Tensor[], attrs: AttrsOf<N>) => build(inputs, attrs as Attributes), {
    definition,
  });
}

export function isPrimitive(definition: Definition): definition is PrimitiveDefinition {
  return definition.kind === 'primitive';
}
