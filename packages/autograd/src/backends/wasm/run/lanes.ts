import type { Call } from '../lower/context.ts';
import type { Heap } from '../memory/heap.ts';
import type { Region } from '../memory/region.ts';
import { writeBlocks } from './script.ts';

/** What one run at a time works in: a workspace, and the argument blocks that point into it. Addresses are in bytes. */
export interface Lane {
  readonly workspace: number;
  readonly workspaceBytes: number;
  readonly blocks: number;
  readonly addressOf: (region: Region) => number;
}

interface LaneParts {
  readonly heap: Heap;
  readonly calls: readonly Call[];
  readonly blockBytes: number;
  /** Regions that are placed inside the workspace; all others have addresses of their own. */
  readonly regions: ReadonlySet<Region>;
  readonly workspaceBytes: number;
}

/** The lanes of a program: one from the start, more for runs at the same time. */
export class Lanes {
  readonly #parts: LaneParts;
  readonly #lanes: Lane[] = [];

  /** @throws Error when the machine has no memory for the first lane */
  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.at(0);
  }

  /** Lane `number`, with those before it. */
  at(number: number): Lane {
    while (this.#lanes.length <= number) this.#lanes.push(this.#make());
    return this.#lanes[number];
  }

  release(): void {
    for (const { workspace } of this.#lanes) this.#parts.heap.release(workspace);
    this.#lanes.length = 0;
  }

  #make(): Lane {
    const { heap, calls, blockBytes, regions, workspaceBytes } = this.#parts;
    const workspace = heap.allocate(workspaceBytes + blockBytes);
    const blocks = workspace + workspaceBytes;
    const addressOf = (region: Region) => region.address + (regions.has(region) ? workspace : 0);
    writeBlocks(heap.words, calls, { blocks, addressOf });
    return { workspace, workspaceBytes, blocks, addressOf };
  }
}
