import { constant, type DType, type Tensor } from '../../graph/tensor.ts';
import { quote } from '../json.ts';
import { knownValueLimit, knownValues } from '../known-values.ts';
import { ModelError } from '../model-error.ts';
import type { Attributes } from './attributes.ts';
import type { GraphNode } from './nodes.ts';

/** A node with its inputs built: what an op builder works from. */
export class OpCall {
  readonly #node: GraphNode;
  readonly inputs: readonly Tensor[];

  constructor(node: GraphNode, inputs: readonly Tensor[]) {
    this.#node = node;
    this.inputs = inputs;
  }

  get attrs(): Attributes {
    return this.#node.attrs;
  }

  input(index: number): Tensor {
    const tensor = this.inputs[index];
    if (!tensor) throw this.error(`needs at least ${index + 1} inputs, got ${this.inputs.length}`);
    return tensor;
  }

  /** The values of input `index`, which must not depend on the network's inputs. */
  known(index: number): readonly number[] {
    const values = knownValues(this.input(index));
    if (!values) throw this.error(`needs input ${index} to be a small constant`);
    return values;
  }

  /** Known integers, such as axes, a shape or paddings. */
  integers(index: number): readonly number[] {
    const values = this.known(index);
    const wrong = values.find((value) => !Number.isSafeInteger(value));
    if (wrong !== undefined) throw this.error(`needs integers as input ${index}, got ${wrong}`);
    return values;
  }

  integer(index: number): number {
    const values = this.integers(index);
    if (values.length !== 1) throw this.error(`needs one integer as input ${index}, got ${values.length}`);
    return values[0];
  }

  /** Rows of two known integers, such as paddings. */
  pairs(index: number): [number, number][] {
    const values = this.integers(index);
    if (this.input(index).shape.at(-1) !== 2) throw this.error(`needs pairs of integers as input ${index}`);
    return Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i], values[2 * i + 1]]);
  }

  /** A constant worked out while the network is built. */
  fold(values: readonly number[], shape: readonly number[], dtype: DType = 'float'): Tensor {
    return constant({ data: Float64Array.from(values), shape }, { dtype });
  }

  /** Refuses the channels-first layout, which the engine does not have. */
  checkLayout(): void {
    const layout = this.attrs.string('data_format', 'NHWC');
    if (layout === 'NHWC') return;
    throw this.error(`stores its data as ${quote(layout)}; only NHWC is read, convert the model to channels_last`);
  }

  /** Refuses a number of parts that would flood the graph. */
  checkCount(count: number): void {
    if (count > knownValueLimit) throw this.error(`makes ${count} parts; the limit is ${knownValueLimit}`);
  }

  error(message: string, cause?: unknown): ModelError {
    return new ModelError(`node ${quote(this.#node.name)} (${quote(this.#node.op)}) ${message}`, { cause });
  }
}

/** Builds the outputs of a node; most ops have one. */
export type OpBuilder = (call: OpCall) => Tensor | readonly Tensor[];

export type OpTable = Readonly<Record<string, OpBuilder>>;
