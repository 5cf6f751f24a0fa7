import { OutOfMemoryError } from '../../../errors.ts';

export const pageBytes = 65536;
/** Blocks begin on cache lines. */
const alignment = 64;
/** Vectors may be read past the end of an array by up to three values; this keeps the last one inside the memory. */
const guardBytes = 16;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

export interface HeapMemory {
  readonly memory?: WebAssembly.Memory;
  /** The most pages that it may grow to, where other threads can use it, too. */
  readonly sharedPages?: number;
}

/** The memory that all programs of a backend share, and who has which part of it. */
export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly sharedPages: number | undefined;
  readonly #taken = new Map<number, number>();
  /** Sorted by address; neighbours are joined. The first block, of nothing, keeps address 0 free. */
  #free: Block[] = [{ address: alignment, bytes: pageBytes - alignment }];
  #floats = new Float32Array(0);

  /** @throws OutOfMemoryError */
  constructor({ memory = createMemory(), sharedPages }: HeapMemory = {}) {
    this.memory = memory;
    this.sharedPages = sharedPages;
  }

  /** Size of the memory, free parts included. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Everything as floats. Growing replaces it, so it is not to be kept. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.memory.buffer) this.#floats = new Float32Array(this.memory.buffer);
    return this.#floats;
  }

  /** Has `write` fill so many bytes from an address on. */
  fill(address: number, bytes: number, write: (into: Float32Array) => void): void {
    write(this.floats.subarray(address / 4, (address + bytes) / 4));
  }

  /**
   * Takes a part of the memory; it holds anything.
   *
   * @returns  its address in bytes
   * @throws OutOfMemoryError when the machine has no more memory to give
   */
  allocate(bytes: number): number {
    const size = Math.ceil((bytes + guardBytes) / alignment) * alignment;
    const block = this.#free.find((candidate) => candidate.bytes >= size) ?? this.#grow(size);
    const { address } = block;
    const rest = { address: address + size, bytes: block.bytes - size };
    this.#free = this.#free.flatMap((other) => (other === block ? (rest.bytes > 0 ? [rest] : []) : [other]));
    this.#taken.set(address, size);
    return address;
  }

  /** Gives back what `allocate` gave. */
  release(address: number): void {
    const bytes = this.#taken.get(address);
    if (bytes === undefined) throw new Error(`there is nothing to release at ${address}`);
    this.#taken.delete(address);
    this.#insert({ address, bytes });
  }

  /** Makes the memory larger; its last free block then has room for `bytes`. */
  #grow(bytes: number): Block {
    const end = this.bytes;
    const last = this.#free.at(-1);
    const atEnd = last !== undefined && last.address + last.bytes === end ? last.bytes : 0;
    const pages = Math.ceil((bytes - atEnd) / pageBytes);
    try {
      this.addPages(pages);
    } catch {
      const megabytes = (size: number) => Math.ceil(size / 1e6);
      throw new OutOfMemoryError(
        `the wasm backend has ${megabytes(end)} MB and cannot get the ${megabytes(pages * pageBytes)} MB more that this program needs; use a smaller batch`,
      );
    }
    this.#insert({ address: end, bytes: pages * pageBytes });
    return this.#free[this.#free.length - 1];
  }

  protected addPages(pages: number): void {
    this.memory.grow(pages);
  }

  #insert(block: Block): void {
    const joined: Block[] = [];
    for (const next of [...this.#free, block].sort((a, b) => a.address - b.address)) {
      const last = joined.at(-1);
      const touches = last !== undefined && last.address + last.bytes === next.address;
      if (touches) joined[joined.length - 1] = { address: last.address, bytes: last.bytes + next.bytes };
      else joined.push(next);
    }
    this.#free = joined;
  }
}

/** Engines reserve address space for each, so one that holds many may refuse even the smallest. */
function createMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 1 });
  } catch (cause) {
    throw refusedMemory(cause);
  }
}

/** Where the engine gives no memory at all. */
export function refusedMemory(cause: unknown): OutOfMemoryError {
  return new OutOfMemoryError('the engine has no memory left for the wasm backend: close what else is open', { cause });
}
