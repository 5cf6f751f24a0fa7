import type { Call } from '../lower/context.ts';
import type { Heap } from '../memory/heap.ts';
import type { Region } from '../memory/region.ts';
import { writeBlocks } from './script.ts';

/** What one run at a time works in: a workspace, and the argument blocks that point into it. */
export interface Lane {
  /** Addresses in bytes. */
  readonly workspace: number;
  readonly blocks: number;
  readonly addressOf: (region: Region) => number;
  readonly release: () => void;
}

export interface LaneParts {
  readonly heap: Heap;
  readonly calls: readonly Call[];
  readonly blockBytes: number;
  /** Regions that are placed inside the workspace; all others have addresses of their own. */
  readonly regions: ReadonlySet<Region>;
  readonly workspaceBytes: number;
}

/** Takes memory for a lane and writes its blocks. */
export function makeLane({ heap, calls, blockBytes, regions, workspaceBytes }: LaneParts): Lane {
  const workspace = heap.allocate(workspaceBytes + blockBytes);
  const blocks = workspace + workspaceBytes;
  const addressOf = (region: Region) => region.address + (regions.has(region) ? workspace : 0);
  writeBlocks(heap.words, calls, { blocks, addressOf });
  return { workspace, blocks, addressOf, release: () => heap.release(workspace) };
}
