import { type ArrayInput, type HostArray, toHostArray } from '../host-array.ts';
import { checkShape, type Shape } from '../shape.ts';
import { decodeStored, type StoredArray } from '../stored-array.ts';

/** `bool` tensors come from comparisons and feed `select`; each backend stores them as it likes. */
export type DType = 'float' | 'bool';

export type Attributes = Readonly<Record<string, unknown>>;

/** Either a tensor or a number, which stands for a scalar constant. */
export type Operand = Tensor | number;

/**
 * An immutable node of a graph. Building computes nothing, and building the same node twice gives the same object,
 * so forward and backward passes share their common parts.
 */
export interface Tensor {
  readonly id: number;
  /** `input`, `constant`, the name of a primitive, or the name of a composite. */
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly attrs: Attributes;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly definition: Definition;
  /** What a composite stands for; absent on leaves and primitives. */
  readonly expansion?: Tensor;
}

/** What a derivative rule gets to see: the node, and the gradient with respect to its output. */
export interface DifferentiatedNode<A = Attributes> {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: A;
}

/** Gradient with respect to each input, of that input's shape; null where nothing flows. */
export type Rule = (node: DifferentiatedNode, grad: Tensor) => readonly (Tensor | null)[];

/** How a node is differentiated and expanded. Primitives always have a rule, composites only where it helps. */
export interface Definition {
  readonly id: number;
  readonly kind: 'leaf' | 'primitive' | 'composite';
  readonly name: string;
  readonly rule?: Rule;
}

let nodeCount = 0;
let definitionCount = 0;
const leafDefinition = {
  input: define({ kind: 'leaf', name: 'input' }),
  constant: define({ kind: 'leaf', name: 'constant' }),
};
const scalars = new Map<string, WeakRef<Tensor>>();
const collectedScalars = new FinalizationRegistry<string>((key) => {
  if (scalars.get(key)?.deref() === undefined) scalars.delete(key);
});

export interface NodeParts {
  readonly definition: Definition;
  readonly inputs: readonly Tensor[];
  readonly attrs: Attributes;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly expansion?: Tensor;
}

/** A definition with a number of its own: two that share a name are two. */
export function define<D extends Omit<Definition, 'id'>>(parts: D): D & Definition {
  return { ...parts, id: definitionCount++ };
}

/** The node with these parts: the existing one when it was built before. Needs at least one input. */
export function internNode(parts: NodeParts): Tensor {
  const owner = parts.inputs.reduce((youngest, tensor) => (tensor.id > youngest.id ? tensor : youngest));
  const consumers = Consumers.of(owner);
  const key = `${parts.definition.id}(${parts.inputs.map(({ id }) => id)})${attributesKey(parts)}`;
  const known = consumers.get(key)?.deref();
  if (known) return known;
  const node = createNode(parts);
  consumers.set(key, new WeakRef(node));
  return node;
}

/** A named value that is given at every run. Two inputs are never the same node, even under one name. */
export function input(name: string, shape: Shape, dtype: DType = 'float'): Tensor {
  checkShape(`input ${name}`, shape);
  return createNode({ definition: leafDefinition.input, inputs: [], attrs: { name }, shape: [...shape], dtype });
}

/** A value known when the graph is built; a number gives a scalar. Bytes in file form are decoded when first used. */
export function constant(value: number | ArrayInput | StoredArray, options: { dtype?: DType } = {}): Tensor {
  const { dtype = 'float' } = options;
  if (typeof value !== 'number') return createConstant('bytes' in value ? value : toHostArray(value), dtype);
  if (dtype !== 'float') return createConstant({ data: Float64Array.of(value), shape: [] }, dtype);
  const key = numberKey(value);
  const known = scalars.get(key)?.deref();
  if (known) return known;
  const node = createConstant({ data: Float64Array.of(value), shape: [] }, dtype);
  scalars.set(key, new WeakRef(node));
  collectedScalars.register(node, key);
  return node;
}

export function asTensor(operand: Operand): Tensor {
  return typeof operand === 'number' ? constant(operand) : operand;
}

export function isConstant(tensor: Tensor): boolean {
  return tensor.definition === leafDefinition.constant;
}

export function isInput(tensor: Tensor): boolean {
  return tensor.definition === leafDefinition.input;
}

/** The values of a constant leaf, decoded anew at each call; packing by use is the backend's business. */
export function decodeConstant(tensor: Tensor): HostArray {
  const source = tensor.attrs.source as HostArray | StoredArray;
  return 'bytes' in source ? { data: decodeStored(source), shape: source.shape } : source;
}

/** The only value of a one-element constant, else undefined. */
export function scalarValue(tensor: Tensor): number | undefined {
  if (!isConstant(tensor) || tensor.shape.some((extent) => extent !== 1)) return undefined;
  return decodeConstant(tensor).data[0];
}

function createConstant(source: HostArray | StoredArray, dtype: DType): Tensor {
  checkShape('constant', source.shape);
  return createNode({ definition: leafDefinition.constant, inputs: [], attrs: { source }, shape: source.shape, dtype });
}

function createNode({ definition, inputs, attrs, shape, dtype, expansion }: NodeParts): Tensor {
  const own = { id: nodeCount++, op: definition.name, inputs, attrs, shape, dtype, definition };
  return Object.freeze(Object.assign(new Consumers(), own, expansion && { expansion }));
}

/** What was built of a node last: interned nodes hang on their youngest input, to be collected together with it. */
class Consumers {
  #byKey: Map<string, WeakRef<Tensor>> | undefined;

  static of(node: Tensor): Map<string, WeakRef<Tensor>> {
    const known = node as Tensor & Consumers;
    known.#byKey ??= new Map();
    return known.#byKey;
  }
}

/** Tells −0 from 0, which `Map` and JSON take for one. */
function numberKey(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** JSON that keeps apart what JSON alone would confuse: −0 and 0, NaN, infinities and null. */
function attributesKey({ definition, attrs }: NodeParts): string {
  return JSON.stringify(attrs, (name, value) => {
    if (typeof value === 'function') {
      throw new TypeError(`attribute '${name}' of ${definition.name} is a function; attributes are plain data`);
    }
    const plain = typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0));
    return plain ? value : { number: numberKey(value) };
  });
}
