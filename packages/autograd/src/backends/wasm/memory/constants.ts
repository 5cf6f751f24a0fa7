import type { Heap } from './heap.ts';
import type { Region } from './region.ts';

/** Numbers in the form that kernels read. */
export interface Form {
  /** Tells the forms of one owner apart. */
  readonly key: string;
  readonly floats: number;
  readonly write: (into: Float32Array) => void;
}

interface Entry {
  readonly region: Region;
  readonly forget: () => void;
  readonly write: Form['write'];
  users: number;
  isPlaced: boolean;
}

/** What is constant, each form of it written once for all programs of a backend. */
export class ConstantStore {
  readonly #heap: Heap;
  readonly #forms = new Map<object, Map<string, Entry>>();
  readonly #entries = new Map<Region, Entry>();

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /**
   * A form of what an owner, such as a constant tensor, stands for; to be released once for every time it was taken. It
   * has no address before it is placed: what comes and goes is to find the free parts of the memory first.
   */
  take(owner: object, { key, floats, write }: Form): Region {
    const forms = this.#forms.get(owner) ?? new Map<string, Entry>();
    this.#forms.set(owner, forms);
    const known = forms.get(key);
    if (known) {
      known.users++;
      return known.region;
    }
    const region = { floats, born: -1, dies: Number.POSITIVE_INFINITY, address: -1 };
    const forget = () => {
      forms.delete(key);
      if (forms.size === 0) this.#forms.delete(owner);
    };
    const entry = { region, forget, write, users: 1, isPlaced: false };
    forms.set(key, entry);
    this.#entries.set(region, entry);
    return region;
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
}
