/** Loaded into a program by --require: tells at its end, in a line on stderr, the most that its engine held, in bytes. */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const memories = [];
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(descriptor) {
    super(descriptor);
    memories.push(this);
  }
};

let most = 0;
let calls = 0;
/** What is only waiting to be collected does not count; looked at every few runs of the network, since collecting takes time. */
const look = () => {
  if (calls++ % 5 !== 0) return;
  collect();
  const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  most = Math.max(most, wasm + process.memoryUsage().arrayBuffers);
};

// The command line pauses by setImmediate before every run of the network.
const { setImmediate } = globalThis;
globalThis.setImmediate = (task, ...values) =>
  setImmediate(() => {
    look();
    task(...values);
  });
process.on('exit', () => process.stderr.write(`most memory: ${most}\n`));
