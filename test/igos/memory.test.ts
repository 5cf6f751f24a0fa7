import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../support/explain-many.ts', import.meta.url));
/** What V8 compiles on the way is kept in its heap, too, and would hide what we keep. */
const flags = ['--no-opt', '--no-sparkplug', '--conditions=@igos/source', '--import=tsx'];

test.each([
  { count: 1000, threads: 1 },
  { count: 100, threads: 2 },
])(
  '$count explanations in one process, $threads threads, leave memory where it was after the tenth',
  async (run) => {
    const args = [...flags, program, String(run.count), String(run.threads)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const [tenth, last] = JSON.parse(stdout) as { used: number; engine: number }[];
    expect(last!.used).toBeLessThan(1.01 * tenth!.used);
    expect(last!.engine).toBe(tenth!.engine);
  },
  300_000,
);
