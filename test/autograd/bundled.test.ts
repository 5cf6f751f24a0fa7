import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'igos-bundled-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
import { compile, createWasmBackend, input, matmul, threadsFrom } from '@igos/autograd';
import { startWorker } from '@igos/autograd/node';

let answers = 0;
const startThreads = threadsFrom((source, events) => {
  const message = (data) => {
    if (data.outputs) answers++;
    events.message(data);
  };
  return startWorker(source, { ...events, message });
});
const x = input('x', [64, 64]);
const backend = createWasmBackend({ threads: 2, startThreads, splitFrom: 0 });
const data = new Float32Array(4096).fill(1);
const { y } = await compile({ outputs: { y: matmul(x, x) } }, backend).run({ x: { data, shape: [64, 64] } });
console.log(y.data[0], y.data[4095], 'from', answers, 'threads');
backend.dispose();
`;

test('threads start from one bundled and minified file, wherever that lies', async () => {
  const entry = join(folder, 'program.mjs');
  writeFileSync(entry, program);
  await build({
    ...{ configFile: false, logLevel: 'error', root: new URL('../..', import.meta.url).pathname },
    ssr: { noExternal: true, resolve: { conditions: ['@igos/source'] } },
    resolve: {
      conditions: ['@igos/source'],
      alias: Object.fromEntries(
        Object.entries({ '@igos/autograd/node': 'node/index.ts', '@igos/autograd': 'index.ts' }).map(([name, file]) => [
          name,
          new URL(`../../packages/autograd/src/${file}`, import.meta.url).pathname,
        ]),
      ),
    },
    build: { ssr: entry, minify: true, target: 'node20', outDir: join(folder, 'out'), emptyOutDir: true },
  });
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'out/program.js')], { cwd: folder });
  expect(stdout.trim()).toBe('64 64 from 2 threads');
});
