import { ModelError } from './model-error.ts';

/** Lists everything that cannot be read in one error: of each kind, a place to find it at. */
export function checkSupported(unsupported: ReadonlyMap<string, string>): void {
  if (unsupported.size === 0) return;
  throw new ModelError(`the model uses what is not supported: ${[...unsupported.values()].join(', ')}`);
}

/** How often each name of a table is used. */
export function countUses(names: readonly string[], table: ReadonlyMap<string, unknown>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (table.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
