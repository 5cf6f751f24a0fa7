/** Explains with EfficientNet-Lite0 once and prints what memory it took, as JSON. Started by memory.ts. */
import { setFlagsFromString } from 'node:v8';
import { aroundRuns } from '@igos/autograd';
import { explain, explainToEnd } from 'igos';
import { openBackend } from '../ours.ts';
import { lite0Subject, problemOf } from '../subjects.ts';

/** Bytes. */
export interface MemoryUse {
  /** Most that both took together at one time. */
  readonly peak: number;
  readonly wasm: number;
  readonly arrays: number;
  /** Of the whole process with Node and the TypeScript loader. */
  readonly resident: number;
}

const memories: WebAssembly.Memory[] = [];
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(descriptor: WebAssembly.MemoryDescriptor) {
    super(descriptor);
    memories.push(this);
  }
};

const use = { peak: 0, wasm: 0, arrays: 0 };
let arraysBefore = 0;

/** Between two runs of the network; arrays that wait to be collected count, since they take memory, too. */
function sample(): void {
  const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const arrays = process.memoryUsage().arrayBuffers - arraysBefore;
  use.peak = Math.max(use.peak, wasm + arrays);
  use.wasm = Math.max(use.wasm, wasm);
  use.arrays = Math.max(use.arrays, arrays);
}

setFlagsFromString('--experimental-wasm-relaxed-simd');
const subject = await lite0Subject();
arraysBefore = process.memoryUsage().arrayBuffers;
const problem = await problemOf(subject, aroundRuns(openBackend(1), { each: sample, after: sample }));
await explainToEnd(explain(problem), sample);
process.stdout.write(JSON.stringify({ ...use, resident: 1024 * process.resourceUsage().maxRSS } satisfies MemoryUse));
