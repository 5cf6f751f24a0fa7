import { readFileSync } from 'node:fs';
import type { Watch } from './alternate.ts';

/** Ticks of /proc a second, which Linux promises to programs whatever the kernel uses itself. */
const ticksPerSecond = 100;

/**
 * Watches how much of the processor goes to processes that are not ours, by /proc.
 *
 * @param children  process ids that count as ours
 */
export function watchOthers(children: readonly number[] = []): Watch {
  const start = { at: performance.now(), busy: busySeconds(), own: ownSeconds(children) };
  return () => {
    const seconds = (performance.now() - start.at) / 1000;
    const busy = busySeconds();
    if (busy === undefined || start.busy === undefined) return undefined;
    return Math.max(0, busy - start.busy - (ownSeconds(children) - start.own)) / seconds;
  };
}

const glance = 200; // milliseconds
const quiet = 0.1; // cores

/** Waits until others keep less than a tenth of a core busy, but no longer than these seconds. */
export async function waitForQuiet(limit: number): Promise<void> {
  for (const end = performance.now() + 1000 * limit; performance.now() < end; ) {
    const others = watchOthers();
    await new Promise((resume) => setTimeout(resume, glance));
    if ((others() ?? 0) < quiet) return;
  }
}

/** Seconds that all cores together were busy, since the machine started; undefined where there is no /proc. */
function busySeconds(): number | undefined {
  const [, ...ticks] = readProc('stat').split('\n', 1)[0]!.split(/\s+/).map(Number);
  const [user, nice, system, , , interrupts, softInterrupts, stolen] = ticks;
  if (stolen === undefined) return undefined;
  return (user! + nice! + system! + interrupts! + softInterrupts! + stolen) / ticksPerSecond;
}

function ownSeconds(children: readonly number[]): number {
  const { user, system } = process.cpuUsage();
  return children.reduce((sum, pid) => sum + secondsOf(pid), (user + system) / 1e6);
}

function secondsOf(pid: number): number {
  // The program's name may hold spaces and brackets, so count from the bracket that closes it.
  const fields = readProc(`${pid}/stat`).split(') ').at(-1)!.split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
}

function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8');
  } catch {
    return '';
  }
}
