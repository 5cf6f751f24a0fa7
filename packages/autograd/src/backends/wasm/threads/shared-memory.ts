import { type HeapMemory, refusedMemory } from '../memory/heap.ts';

/** A module may use a shared memory only if it says how large that may become: all that 32-bit addresses reach. */
const mostPages = 65536;

/**
 * A memory for all threads, with as much room to grow as the engine reserves.
 * @throws OutOfMemoryError
 */
export function createSharedMemory(): HeapMemory {
  for (let maximum = mostPages; ; maximum /= 2) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum, shared: true }), sharedPages: mostPages };
    } catch (error) {
      if (maximum <= 1024) throw refusedMemory(error);
    }
  }
}
