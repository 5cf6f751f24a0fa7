import type { ThreadOptions } from '../run/runners.ts';

/** How runs are shared out between threads. */
export interface Sharing {
  /** Threads that compute; 1 is the calling one. */
  readonly threads: number;
  readonly shareMemory: boolean;
  /** Multiply-adds from which work is worth more than one thread. */
  readonly splitFrom: number;
}

/** Fills in the defaults. */
export function resolveSharing({
  threads = 1,
  shareMemory = canShareMemory(),
  splitFrom = 10e6,
}: ThreadOptions): Sharing {
  return { threads, shareMemory: shareMemory && threads > 1, splitFrom };
}

/** Whether threads can share memory: everywhere but in pages that are not isolated from other origins. */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}

/** Memories like the calling thread's: threads with memories of their own have copies of all of it. */
export function memoriesOf({ threads, shareMemory }: Sharing): number {
  return threads > 1 && !shareMemory ? 1 + threads : 1;
}

/** Threads that `runs` runs of so many multiply-adds are worth: a small run is done before another thread hears of it. */
export function threadsWorth({ threads, splitFrom }: Sharing, multiplyAdds: number, runs: number): number {
  return runs > 1 && runs * multiplyAdds >= splitFrom ? Math.min(threads, runs) : 1;
}

/** Lane of a thread where all have one memory, after that of the calling one: else each has its own first lane. */
export function laneOf(thread: number, { shareMemory }: Sharing): number {
  return shareMemory ? 1 + thread : 0;
}

/** The lane that a program runs in when it runs alone. */
export function firstLane(sharing: Sharing, multiplyAdds: number): number {
  return sharing.threads === 1 || multiplyAdds < sharing.splitFrom ? 0 : laneOf(0, sharing);
}
