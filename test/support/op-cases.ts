import type * as autograd from '@igos/autograd';
import { gradient, input, type Tensor } from '@igos/autograd';
import { elementwiseRows } from './op-cases-elementwise.ts';
import { layerRows } from './op-cases-layers.ts';
import { layoutRows } from './op-cases-layout.ts';
import { primitiveRows } from './op-cases-primitives.ts';
import { drawInput, floats, type InputSpec, type Row, specOf } from './op-inputs.ts';

/** One use of one op. The value tests of every backend and all derivative tests read the same table. */
export interface OpCase {
  /** What the test is called: the op, then what is special about this row. */
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly InputSpec[];
  readonly build: (...inputs: Tensor[]) => Tensor;
}

type Exports = typeof autograd;
/** Every function of the public API that makes a tensor of tensors; the five excluded only look so to the compiler. */
type OpName = Exclude<
  { [K in keyof Exports]: Exports[K] extends (...args: never[]) => Tensor ? K : never }[keyof Exports],
  'input' | 'constant' | 'gradient' | 'attrsOf' | 'aroundRuns'
>;

/** An op of the public API without a row is a type error here. */
const publicRows = { ...elementwiseRows, ...layerRows, ...layoutRows } satisfies Record<OpName, readonly Row[]>;

function casesOf(table: Readonly<Record<string, readonly Row[]>>, kind: string): OpCase[] {
  return Object.entries(table).flatMap(([op, rows]) =>
    rows.map(({ note, inputs, build }) => {
      const specs = inputs.map(specOf);
      const shapes = specs.map(({ shape }) => `[${shape}]`).join(' ');
      return { name: `${kind} ${op}, ${note ?? shapes}`, op, inputs: specs, build };
    }),
  );
}

/** Every primitive and every op of the public API, each with its variants. */
export const opCases: readonly OpCase[] = [...casesOf(primitiveRows, 'primitive'), ...casesOf(publicRows, 'op')];

/** A case as a graph with its arrays: outputs are the value and `gradient i` by each input that has one. */
export function graphOfCase({ inputs: specs, build }: OpCase) {
  const inputs = specs.map(({ shape, dtype }, i) => input(`x${i}`, shape, dtype));
  const value = build(...inputs);
  const seed = input('seed', value.shape);
  const outputs: Record<string, Tensor> = { value };
  for (const [i, slope] of gradient(value, inputs, { seed }).entries()) {
    if (specs[i]?.differentiable) outputs[`gradient ${i}`] = slope;
  }
  const arrays = Object.fromEntries(specs.map((spec, i) => [`x${i}`, drawInput(spec, i + 1)]));
  return { inputs: [...inputs, seed], outputs, arrays: { ...arrays, seed: drawInput(floats(value.shape), 0) } };
}
