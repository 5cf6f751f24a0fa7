import type { ModelArtifacts } from '@igos/autograd/tfjs';

/** Values in the form of the file: a tagged union, 64-bit integers as strings, text in base64. */
type Attribute = Readonly<Record<string, unknown>>;

export const int = (value: number): Attribute => ({ i: String(value) });
export const ints = (...values: number[]): Attribute => ({ list: { i: values.map(String) } });
export const float = (value: number): Attribute => ({ f: value });
export const flag = (value: boolean): Attribute => ({ b: value });
export const text = (value: string): Attribute => ({ s: btoa(value) });
export const texts = (...values: string[]): Attribute => ({ list: { s: values.map((value) => btoa(value)) } });
export const type = (name: string): Attribute => ({ type: name });
const shapeOf = (dims: readonly number[]) => ({ dim: dims.map((size) => ({ size: String(size) })) });

export interface Const {
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export const floats = (shape: readonly number[], values: Iterable<number>): Const => ({
  dtype: 'float32',
  shape,
  values: [...values],
});
/** A vector of integers, or one for a single number. */
export const integers = (values: number | readonly number[]): Const =>
  typeof values === 'number'
    ? { dtype: 'int32', shape: [], values: [values] }
    : { dtype: 'int32', shape: [values.length], values };

interface NodeSpec {
  readonly op: string;
  /** Names of placeholders, constants and earlier nodes. */
  readonly inputs: readonly string[];
  readonly attr?: Readonly<Record<string, Attribute>>;
}

export interface GraphSpec {
  readonly placeholders: Readonly<Record<string, readonly number[]>>;
  readonly consts?: Readonly<Record<string, Const>>;
  readonly nodes: Readonly<Record<string, NodeSpec>>;
  /** Output references such as `y` or `y:1`. */
  readonly outputs: readonly string[];
}

/** A graph model in memory, as the converter would write it. */
export function graphArtifacts({ placeholders, consts = {}, nodes, outputs }: GraphSpec) {
  const dtypes = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' } as const;
  const node = [
    ...Object.entries(placeholders).map(([name, dims]) => ({
      name,
      op: 'Placeholder',
      input: [] as string[],
      attr: { dtype: type('DT_FLOAT'), shape: { shape: shapeOf(dims) } } as Record<string, Attribute>,
    })),
    ...Object.entries(consts).map(([name, { dtype, shape }]) => ({
      name,
      op: 'Const',
      input: [] as string[],
      attr: {
        dtype: type(dtypes[dtype]),
        value: { tensor: { dtype: dtypes[dtype], tensorShape: shapeOf(shape) } },
      } as Record<string, Attribute>,
    })),
    ...Object.entries(nodes).map(([name, { op, inputs, attr = {} }]) => ({ name, op, input: [...inputs], attr })),
  ];
  const weights = Object.entries(consts).map(([name, value]) => ({ name, ...value }));
  const bytes = weights.map(encode);
  return {
    format: 'graph-model',
    modelTopology: { node, versions: { producer: 1087 } },
    signature: {
      inputs: Object.fromEntries(
        Object.entries(placeholders).map(([name, dims]) => [
          name,
          { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeOf(dims) },
        ]),
      ),
      outputs: Object.fromEntries(outputs.map((name) => [name, { name: name.includes(':') ? name : `${name}:0` }])),
    },
    weightSpecs: weights.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
    weightData: new Uint8Array(Buffer.concat(bytes)).buffer,
  } satisfies ModelArtifacts;
}

function encode({ dtype, values }: Const): Uint8Array {
  if (dtype === 'bool') return Uint8Array.from(values);
  const array = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
  return new Uint8Array(array.buffer);
}
