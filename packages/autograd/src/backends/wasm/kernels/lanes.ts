import type { Code } from '../writer/code.ts';
import type { Local } from '../writer/function-writer.ts';
import { v128 } from '../writer/instructions.ts';

/** How many of a vector's four lanes count; the others may hold anything. */
export type Width = 1 | 2 | 3 | 4;

/** Stores the first lanes of a vector, and not a byte more. `value` is computed once into `vector`. */
export function storeLanes(
  address: Code,
  vector: Local,
  { width, offset = 0 }: { width: Width; offset?: number },
): Code {
  if (width === 4) return v128.store(address, vector.get, offset);
  const pair = width === 1 ? [] : v128.storeHalf(address, vector.get, offset);
  if (width === 2) return pair;
  const lane = width === 1 ? 0 : 2;
  return [pair, v128.storeLane(address, vector.get, { lane, offset: offset + 4 * lane })];
}
