import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atMost, type Group } from '../results/row.ts';
import type { MemoryUse } from './memory-process.ts';

const script = fileURLToPath(new URL('memory-process.ts', import.meta.url));

/** Megabytes of a run in a process of its own, in which nothing else takes memory. */
export const memory: Group = {
  title: 'Memory',
  rows: [
    {
      id: 'memory-lite0',
      measure: 'engine memory (WebAssembly and typed arrays) of the EfficientNet-Lite0 run, one thread, at its peak',
      unit: 'megabytes',
      bar: atMost(120, 60),
    },
  ],
  run: async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script]);
    const { peak, wasm, arrays, resident } = JSON.parse(stdout) as MemoryUse;
    const show = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    const parts = `WebAssembly ${show(wasm)}, typed arrays ${show(arrays)} at most; the whole process ${show(resident)}`;
    return { 'memory-lite0': { value: { best: peak / 1e6, median: peak / 1e6 }, comparisons: [], notes: [parts] } };
  },
};
