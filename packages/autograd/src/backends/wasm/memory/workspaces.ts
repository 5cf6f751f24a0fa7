import type { Heap } from './heap.ts';

interface Workspace {
  /** Absent before it has a place. */
  address?: number | undefined;
  bytes: number;
  /** Runs that are using it now. */
  users: number;
  /** Places it had before it grew, which those runs may still be using. */
  readonly left: number[];
}

/** A workspace while a run uses it. */
export interface HeldWorkspace {
  readonly address: number;
  readonly release: () => void;
}

/**
 * Memory for what is in progress: one workspace for each thread, as large as the largest program that ran there needs.
 * Programs share it, since a thread runs one at a time.
 */
export class Workspaces {
  readonly #heap: Heap;
  readonly #lanes: Workspace[] = [];

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /**
   * The workspace of a lane, with room for so many bytes. It stays where it is until it is released.
   *
   * @throws Error when the machine has no memory for it
   */
  hold(lane: number, bytes: number): HeldWorkspace {
    this.#lanes[lane] ??= { bytes: 0, users: 0, left: [] };
    const workspace = this.#lanes[lane];
    const address = workspace.bytes >= bytes ? workspace.address : undefined;
    const place = address ?? this.#move(workspace, bytes);
    workspace.users++;
    return {
      address: place,
      release: () => {
        workspace.users--;
        this.#freePlacesLeft(workspace);
      },
    };
  }

  #move(workspace: Workspace, bytes: number): number {
    if (workspace.address !== undefined) workspace.left.push(workspace.address);
    workspace.address = undefined;
    this.#freePlacesLeft(workspace);
    const address = this.#heap.allocate(bytes);
    workspace.address = address;
    workspace.bytes = bytes;
    return address;
  }

  #freePlacesLeft({ users, left }: Workspace): void {
    if (users === 0) for (const address of left.splice(0)) this.#heap.release(address);
  }
}
