import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('fma-loop.c', import.meta.url));
const folder = fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url));

/** chains · turns · lanes · 2, as in the source. */
const flop = 14 * 20e6 * 4 * 2;

export interface NativeLoop {
  /** Multiplications and additions of one run. */
  readonly flop: number;
  /** Starts the program once, and gives the milliseconds that it measured. */
  run(): number;
}

/**
 * The native loop of 128-bit fused multiply-adds: what this machine's cores can do at the width of WebAssembly.
 * @throws Error where no C compiler is found, or it fails
 */
export function compileNativeLoop(): NativeLoop {
  const binary = `${folder}/fma-loop`;
  const machine = process.arch === 'arm64' ? '-mcpu=native' : '-march=native';
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('cc', ['-O2', machine, '-ffp-contract=fast', '-o', binary, source], { stdio: 'pipe' });
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new Error(`the native loop needs a C compiler called cc: ${reason}`, { cause: error });
  }
  return { flop, run: () => Number(execFileSync(binary, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) };
}
