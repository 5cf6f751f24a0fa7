import { barrierFlag, byTurnFlag, wordsPerCall } from '../run/script.ts';
import { hostNamespace } from '../writer/module.ts';

/** Looks at a barrier so many times before a thread goes to sleep at it: waking up takes longer than most steps. */
const looksBeforeSleep = 2000;

/**
 * The program of a worker thread. It knows no kernel and no op: it holds compiled modules and scripts, runs its share of
 * a script's calls, and waits for the other threads where the script says so. It is a text, so that bundlers, pages
 * without a file to fetch and Node start it alike.
 */
export const workerSource = /* js */ `'use strict';
const functions = [];
const programs = new Map();
let memory, words, floats;

const look = () => {
  if (words !== undefined && words.buffer === memory.buffer) return;
  words = new Int32Array(memory.buffer);
  floats = new Float32Array(memory.buffer);
};

const handlers = {
  start({ shared }) {
    memory = shared ?? new WebAssembly.Memory({ initial: 1 });
    send({ ready: true });
  },
  module({ module, first }) {
    const { exports } = new WebAssembly.Instance(module, { ${hostNamespace}: { memory, pow: Math.pow } });
    Object.values(exports).forEach((kernel, i) => {
      functions[first + i] = kernel;
    });
  },
  write({ bytes, parts }) {
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(missing / 65536);
    look();
    for (const { at, data } of parts) words.set(data, at / 4);
  },
  program({ program, sections }) {
    programs.set(program, sections);
  },
  forget({ program }) {
    programs.delete(program);
  },
  run({ job, program, ...run }) {
    look();
    const { before, turn, after } = programs.get(program);
    if (run.poison) floats.fill(NaN, run.poison.at / 4, (run.poison.at + run.poison.bytes) / 4);
    for (const { at, data } of run.inputs) floats.set(data, at / 4);
    const wait = run.threads > 1 ? () => meet(run) : () => {};
    runCalls(before, { ...run, turn: 0, wait });
    for (let i = 0; i < run.turns; i++) runCalls(turn, { ...run, turn: i, wait });
    runCalls(after, { ...run, turn: 0, wait });
    const outputs = run.outputs.map(({ at, floats: count }) => floats.slice(at / 4, at / 4 + count));
    send({ job, outputs }, outputs.map(({ buffer }) => buffer));
  },
};

function runCalls(calls, { blocks, thread, threads, turn, wait }) {
  for (let at = 0; at < calls.length; at += ${wordsPerCall}) {
    const run = functions[calls[at]];
    const block = blocks + calls[at + 1];
    const units = calls[at + 2];
    const flags = calls[at + 3];
    if (flags & ${byTurnFlag}) {
      if (thread === 0) run(block, turn);
    } else {
      const end = Math.floor((units * (thread + 1)) / threads);
      for (let unit = Math.floor((units * thread) / threads); unit < end; unit++) run(block, unit);
    }
    if (flags & ${barrierFlag}) wait();
  }
}

/** The last of the threads to come lets all go on: two words count who is here, and how often all were. */
function meet({ barrier, threads }) {
  const here = barrier / 4;
  const times = here + 1;
  const before = Atomics.load(words, times);
  if (Atomics.add(words, here, 1) === threads - 1) {
    Atomics.store(words, here, 0);
    Atomics.add(words, times, 1);
    Atomics.notify(words, times);
    return;
  }
  for (let looks = 0; looks < ${looksBeforeSleep}; looks++) if (Atomics.load(words, times) !== before) return;
  while (Atomics.load(words, times) === before) Atomics.wait(words, times, before);
}

listen((message) => {
  try {
    handlers[message.kind](message);
  } catch (error) {
    send({ job: message.job, error: String(error?.stack ?? error) });
  }
});
`;
