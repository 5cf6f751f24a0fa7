import type { Call } from '../lower/context.ts';
import type { Heap } from '../memory/heap.ts';
import type { Region } from '../memory/region.ts';
import type { Workspaces } from '../memory/workspaces.ts';
import { blockBytesOf, writeBlocks } from './script.ts';

/** Argument blocks for a workspace; another object when they were written anew. */
export interface Blocks {
  readonly address: number;
  readonly bytes: number;
  readonly workspace: number;
}

/** What one run at a time works in: a workspace, and the argument blocks that point into it. Addresses are in bytes. */
export interface Lane {
  readonly workspace: number;
  readonly workspaceBytes: number;
  readonly blocks: Blocks;
  readonly addressOf: (region: Region) => number;
  /** Lets other programs use the workspace again. */
  readonly release: () => void;
}

interface LaneParts {
  readonly heap: Heap;
  readonly workspaces: Workspaces;
  readonly calls: readonly Call[];
  /** Regions that are placed inside the workspace; all others have addresses of their own. */
  readonly regions: ReadonlySet<Region>;
  readonly workspaceBytes: number;
}

/** A program's argument blocks, for each lane that it ran in. */
export class Lanes {
  readonly #parts: LaneParts;
  readonly #blocks: Blocks[] = [];

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /**
   * Lane `number` for one run.
   *
   * @throws Error when the machine has no memory for it
   */
  hold(number: number): Lane {
    const { heap, workspaces, calls, regions, workspaceBytes } = this.#parts;
    const { address: workspace, release } = workspaces.hold(number, workspaceBytes);
    const addressOf = (region: Region) => region.address + (regions.has(region) ? workspace : 0);
    const known = this.#blocks[number];
    if (known?.workspace !== workspace) {
      const bytes = calls.reduce((sum, call) => sum + blockBytesOf(call), 0);
      const address = known?.address ?? heap.allocate(bytes);
      this.#blocks[number] = { address, bytes, workspace };
      heap.fill(address, bytes, (into) => writeBlocks(into, calls, addressOf));
    }
    return { workspace, workspaceBytes, blocks: this.#blocks[number], addressOf, release };
  }

  blocksOf(number: number): Blocks | undefined {
    return this.#blocks[number];
  }

  dispose(): void {
    for (const blocks of this.#blocks) if (blocks) this.#parts.heap.release(blocks.address);
    this.#blocks.length = 0;
  }
}
