import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { watchOthers } from '../../bench/processor-use.ts';

/** Uses the processor for half a second, then says so and waits. */
const burner = `
  while (process.cpuUsage().user < 5e5) for (let i = 0; i < 1e6; i++) Math.random();
  console.log('done');
  setTimeout(() => {}, 60000);`;

test.skipIf(!existsSync('/proc/stat'))('a busy process counts among the others, unless it is ours', async () => {
  const start = performance.now();
  const child = spawn(process.execPath, ['-e', burner], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [all, without] = [watchOthers(), watchOthers([child.pid!])];
    await new Promise((done) => child.stdout.once('data', done));
    const [others, rest] = [all()!, without()!];
    // Ticks are hundredths of a second; what it used before the watch began is lost.
    const seconds = (performance.now() - start) / 1000;
    expect((others - rest) * seconds).toBeGreaterThan(0.3);
    expect(rest).toBeGreaterThanOrEqual(0);
  } finally {
    child.kill();
  }
});
