import type { Code } from '../writer/code.ts';
import { i32, v128 } from '../writer/instructions.ts';

/**
 * How an array lies along the innermost axis of a kernel: a float for each place, one float for all of them, or, for
 * conditions, a byte for each four places.
 */
export type Access = 'each' | 'one' | 'bits';

/** Four floats take the room of sixteen bytes, four conditions that of one. */
const bytesToBits = 4;

/** The address in such an array for a place that is `bytes` of floats along the axis. */
export function alongAxis(access: Access, base: Code, bytes: Code): Code {
  if (access === 'one') return base;
  return i32.add(base, access === 'each' ? bytes : i32.shiftRight(bytes, bytesToBits));
}

/** The vector for four places, the first of which is so many floats past the address. */
export function loadAlong(
  access: Access,
  address: Code,
  at: { readonly bytes: number; readonly floats: number },
): Code {
  if (access === 'each') return v128.load(address, at.bytes + 4 * at.floats);
  return v128.loadSplat(address, at.bytes + (access === 'one' ? 0 : at.floats / 4));
}
