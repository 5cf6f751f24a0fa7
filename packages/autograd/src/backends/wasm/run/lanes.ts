import type { Engine } from '../engine.ts';
import type { Call } from '../lower/context.ts';
import type { Region } from '../memory/region.ts';
import { writeBlocks } from './script.ts';

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
  readonly engine: Engine;
  readonly calls: readonly Call[];
  readonly blockBytes: number;
  /** Regions that are placed inside the workspace; all others have addresses of their own. */
  readonly regions: ReadonlySet<Region>;
  readonly workspaceBytes: number;
}

/** Threads that `runs` runs of so many multiply-adds are worth: a small run is done before another thread hears of it. */
export function threadsWorth({ threadCount, splitFrom }: Engine, multiplyAdds: number, runs: number): number {
  return runs > 1 && runs * multiplyAdds >= splitFrom ? Math.min(threadCount, runs) : 1;
}

/** Lane of the calling thread, and those of the others where all have one memory: else each has its own first lane. */
export function laneOf(thread: 'caller' | number, { heap }: Engine): number {
  if (thread === 'caller') return 0;
  return heap.isShared ? 1 + thread : 0;
}

/** The lane that a program runs in when it runs alone. */
export function firstLane(engine: Engine, multiplyAdds: number): number {
  const { threadCount, splitFrom } = engine;
  return laneOf(threadCount === 1 || multiplyAdds < splitFrom ? 'caller' : 0, engine);
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
    const { engine, calls, blockBytes, regions, workspaceBytes } = this.#parts;
    const { heap, workspaces } = engine;
    const { address: workspace, release } = workspaces.hold(number, workspaceBytes);
    const addressOf = (region: Region) => region.address + (regions.has(region) ? workspace : 0);
    const known = this.#blocks[number];
    if (known?.workspace !== workspace) {
      const address = known?.address ?? heap.allocate(blockBytes);
      this.#blocks[number] = { address, bytes: blockBytes, workspace };
      if (!heap.isImagined) writeBlocks(heap.words, calls, { blocks: address, addressOf });
    }
    return { workspace, workspaceBytes, blocks: this.#blocks[number], addressOf, release };
  }

  blocksOf(number: number): Blocks | undefined {
    return this.#blocks[number];
  }

  dispose(): void {
    for (const blocks of this.#blocks) if (blocks) this.#parts.engine.heap.release(blocks.address);
    this.#blocks.length = 0;
  }
}
