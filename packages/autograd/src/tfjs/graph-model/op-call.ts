import { constant, type Tensor } from '../../graph/tensor.ts';
import { type Builder, Call } from '../call.ts';
import { knownValueLimit, knownValues } from '../known-values.ts';

/** A node with its inputs built: what an op builder works from. */
export class OpCall extends Call {
  /** Hands out the inputs from number `index` on, one at each call. */
  inputsFrom(index: number): () => Tensor {
    let at = index;
    return () => this.input(at++);
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
    return this.integers(index)[0];
  }

  /** Known integers two by two, such as paddings. */
  pairs(index: number): [number, number][] {
    const values = this.integers(index);
    return Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i], values[2 * i + 1]]);
  }

  /** A constant worked out while the network is built. */
  fold(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
    return constant({ data: values, shape });
  }

  /** Refuses a number of parts that would flood the graph. */
  checkCount(count: number): void {
    if (count > knownValueLimit) throw this.error(`makes ${count} parts; the limit is ${knownValueLimit}`);
  }
}

/** Builds the outputs of a node; most ops have one. */
export type OpBuilder = Builder<OpCall>;

export type OpTable = Readonly<Record<string, OpBuilder>>;
