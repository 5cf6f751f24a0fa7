import { constant, type Tensor } from '../graph/tensor.ts';
import { sizeOf } from '../shape.ts';
import type { StoredArray } from '../stored-array.ts';

/** The weights of a model by name, each one constant, however often the network is built. */
export class WeightTable {
  readonly #constants = new Map<string, Tensor>();
  /** Bytes in the file. */
  bytes = 0;
  /** Number of values; integers such as axes and shapes are not counted. */
  parameters = 0;

  add(entries: Iterable<[string, StoredArray]>): void {
    for (const [name, stored] of entries) {
      const { dtype, shape, bytes } = stored;
      this.#constants.set(name, constant(stored, { dtype: dtype === 'bool' ? 'bool' : 'float' }));
      this.bytes += bytes.byteLength;
      if (dtype !== 'int32' && dtype !== 'bool') this.parameters += sizeOf(shape);
    }
  }

  get names(): string[] {
    return [...this.#constants.keys()];
  }

  tensor(name: string): Tensor | undefined {
    return this.#constants.get(name);
  }

  clear(): void {
    this.#constants.clear();
  }
}
