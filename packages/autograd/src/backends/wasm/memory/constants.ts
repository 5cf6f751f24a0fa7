import type { Tensor } from '../../../graph/tensor.ts';
import type { Heap } from './heap.ts';
import { type RawNumbers, rawNumbers } from './raw-numbers.ts';
import type { Region } from './region.ts';

interface Entry {
  readonly region: Region;
  readonly forget: () => void;
  readonly write: (into: Float32Array) => void;
  users: number;
  isPlaced: boolean;
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

  /**
   * A form of a constant; to be released once for every time it was taken. It has no address before it is placed: what
   * comes and goes is to find the free parts of the memory first.
   */
  take(constant: Tensor, { key, floats, write }: Form): Region {
    const forms = this.#forms.get(constant) ?? new Map<string, Entry>();
    this.#forms.set(constant, forms);
    return this.#once(forms, {
      ...{ key, floats, write: (into) => write(into, rawNumbers(constant)) },
      forgotten: () => {
        if (forms.size === 0) this.#forms.delete(constant);
      },
    });
  }

  /** Numbers that belong to no tensor, written once for all that take them by this key. */
  takeShared(form: SharedForm): Region {
    return this.#once(this.#shared, form);
  }

  /** A table of 32-bit words that belongs to one program. */
  takeTable(words: Int32Array): Region {
    const write = (into: Float32Array) => new Int32Array(into.buffer, into.byteOffset, into.length).set(words);
    return this.#add({ floats: words.length, write, forget: () => undefined }).region;
  }

  /**
   * Gives regions that were taken their addresses, and writes them.
   *
   * @throws Error when the machine has no memory for them
   */
  place(regions: Iterable<Region>): void {
    for (const region of regions) {
      const entry = this.#entries.get(region);
      if (!entry || entry.isPlaced) continue;
      region.address = this.#heap.allocate(4 * region.floats);
      entry.isPlaced = true;
      this.#heap.fill(region.address, 4 * region.floats, entry.write);
    }
  }

  release(region: Region): void {
    const entry = this.#entries.get(region);
    if (!entry || --entry.users > 0) return;
    this.#entries.delete(region);
    entry.forget();
    if (entry.isPlaced) this.#heap.release(region.address);
  }

  /** What has this key in a table, or else is added to it. */
  #once(table: Map<string, Entry>, { key, floats, write, forgotten }: SharedForm & { forgotten?: () => void }): Region {
    const known = table.get(key);
    if (known) {
      known.users++;
      return known.region;
    }
    const forget = () => {
      table.delete(key);
      forgotten?.();
    };
    const entry = this.#add({ floats, write, forget });
    table.set(key, entry);
    return entry.region;
  }

  #add({ floats, write, forget }: Pick<SharedForm, 'floats' | 'write'> & Pick<Entry, 'forget'>): Entry {
    const region = { floats, born: -1, dies: Number.POSITIVE_INFINITY, address: -1 };
    const entry = { region, forget, write, users: 1, isPlaced: false };
    this.#entries.set(region, entry);
    return entry;
  }
}
