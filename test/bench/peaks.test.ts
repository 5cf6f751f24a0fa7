import { setFlagsFromString } from 'node:v8';
import { beforeAll, expect, test } from 'vitest';
import { registerLoops } from '../../bench/peaks/register-loop.ts';

beforeAll(() => setFlagsFromString('--experimental-wasm-relaxed-simd'));

test.each(['multiplyAndAdd', 'fused'] as const)(
  'the register loop %s runs, and counts about 15 MFLOP a call',
  (name) => {
    const { flop, run } = registerLoops[name]();
    expect(run()).toBeUndefined();
    expect(Math.abs(flop / 1.5e7 - 1)).toBeLessThan(0.01);
  },
);
