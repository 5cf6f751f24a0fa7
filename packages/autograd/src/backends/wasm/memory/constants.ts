import type { Tensor } from '../../../graph/tensor.ts';
import type { Heap } from './heap.ts';
import { type RawNumbers, rawNumbers } from './raw-numbers.ts';
import type { Region } from './region.ts';

interface Entry {
  readonly region: Region;
  readonly forget: () => void;
  users: number;
}

interface Form {
  /** Tells the forms of one constant apart. */
  readonly key: string;
  readonly floats: number;
  readonly write: (into: Float32Array, values: RawNumbers) => void;
}

interface SharedForm extends Omit<Form, 'write'> {
  readonly write: (into: Float32Array) => void;
}

/** Constants in the forms that kernels read, each written once for all programs of a backend. */
export class ConstantStore {
  readonly #heap: Heap;
  readonly #forms = new Map<Tensor, Map<string, Entry>>();
  readonly #shared = new Map<string, Entry>();
  readonly #entries = new Map<Region, Entry>();

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** A form of a constant; to be released once for every time it was taken. */
  take(constant: Tensor, { key, floats, write }: Form): Region {
    const forms = this.#forms.get(constant) ?? new Map<string, Entry>();
    this.#forms.set(constant, forms);
    const known = forms.get(key);
    if (known) {
      known.users++;
      return known.region;
    }
    const forget = () => {
      forms.delete(key);
      if (forms.size === 0) this.#forms.delete(constant);
    };
    const values = rawNumbers(constant);
    const entry = this.#add(floats, forget);
    forms.set(key, entry);
    const { region } = entry;
    write(this.#heap.floats.subarray(region.address / 4, region.address / 4 + floats), values);
    return region;
  }

  /** Numbers that belong to no tensor, written once for all that take them by this key. */
  takeShared({ key, floats, write }: SharedForm): Region {
    const known = this.#shared.get(key);
    if (known) {
      known.users++;
      return known.region;
    }
    const entry = this.#add(floats, () => this.#shared.delete(key));
    this.#shared.set(key, entry);
    write(this.#heap.floats.subarray(entry.region.address / 4, entry.region.address / 4 + floats));
    return entry.region;
  }

  /** A table of 32-bit words that belongs to one program. */
  takeTable(words: Int32Array): Region {
    const { region } = this.#add(words.length, () => undefined);
    this.#heap.words.set(words, region.address / 4);
    return region;
  }

  release(region: Region): void {
    const entry = this.#entries.get(region);
    if (!entry || --entry.users > 0) return;
    this.#entries.delete(region);
    entry.forget();
    this.#heap.release(region.address);
  }

  #add(floats: number, forget: () => void): Entry {
    const region = { floats, born: -1, dies: Number.POSITIVE_INFINITY, address: this.#heap.allocate(4 * floats) };
    const entry = { region, forget, users: 1 };
    this.#entries.set(region, entry);
    return entry;
  }
}
