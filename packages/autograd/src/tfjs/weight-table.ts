import { constant, type Tensor } from '../graph/tensor.ts';
import { sizeOf } from '../shape.ts';
import type { StoredArray } from '../stored-array.ts';

/** The weights of a model by name. Each becomes one constant node, however often the network is built. */
export class WeightTable {
  readonly #stored = new Map<string, StoredArray>();
  readonly #constants = new Map<string, Tensor>();

  add(entries: Iterable<[string, StoredArray]>): void {
    for (const [name, stored] of entries) this.#stored.set(name, stored);
  }

  get names(): string[] {
    return [...this.#stored.keys()];
  }

  /** Bytes in the file. */
  get bytes(): number {
    return this.#arrays().reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  }

  /** Number of values; integers such as axes and shapes are not counted. */
  get parameters(): number {
    const floats = this.#arrays().filter(({ dtype }) => dtype !== 'int32' && dtype !== 'bool');
    return floats.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  }

  tensor(name: string): Tensor | undefined {
    const stored = this.#stored.get(name);
    if (!stored) return undefined;
    const known = this.#constants.get(name);
    if (known) return known;
    const tensor = constant(stored, { dtype: stored.dtype === 'bool' ? 'bool' : 'float' });
    this.#constants.set(name, tensor);
    return tensor;
  }

  clear(): void {
    this.#stored.clear();
    this.#constants.clear();
  }

  #arrays(): StoredArray[] {
    return [...this.#stored.values()];
  }
}
