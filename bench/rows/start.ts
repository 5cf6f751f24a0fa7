import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { alternate } from '../alternate.ts';
import { atMost, type Group, longTurns } from '../results/row.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = join(root, 'packages/cli/bin/igos.js');
const photo = join(root, 'models/photos/dog.jpg');
const hook = new URL('first-iteration.js', import.meta.url).href;

/** The built program, from nothing to the moment when it begins to explain. */
export const start: Group = {
  title: 'Start of the command line',
  rows: [
    {
      id: 'start',
      measure: 'process start of `igos explain` to the start of its first iteration, bundled model',
      unit: 'seconds',
      bar: atMost(1.5, 0.8),
    },
  ],
  run: async (context) => {
    if (!existsSync(join(root, 'packages/cli/dist/main.js'))) return { start: { error: 'build first: npm run build' } };
    const folder = mkdtempSync(join(tmpdir(), 'igos-bench-'));
    try {
      const cases = [{ name: 'igos explain', run: () => startOnce(folder) }];
      // Our own children would count among the others.
      const alternation = await alternate(cases, { ...longTurns(context), watch: () => () => undefined });
      const [{ best, median }] = alternation.timings as [(typeof alternation.timings)[0]];
      const value = { best: best / 1000, median: median / 1000 };
      return { start: { value, comparisons: [{ subject: 'models/photos/dog.jpg', value, ...alternation }] } };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function startOnce(folder: string): Promise<number> {
  const begin = performance.timeOrigin + performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', hook, binary, 'explain', photo], {
    cwd: folder,
  });
  const milliseconds = Number(stdout) - begin;
  if (milliseconds > 0) return milliseconds;
  throw new Error(`igos explain ended before its first iteration: ${stdout.slice(0, 100)}`);
}
