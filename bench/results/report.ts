import type { Machine, Versions } from './machine.ts';
import type { Outcome } from './outcome.ts';
import type { Row } from './row.ts';

/** A row with what came out, and when. */
export interface ReportRow extends Row {
  /** Title of the group that it was measured in. */
  readonly group: string;
  readonly outcome: Outcome;
  /** `2026-11-25` */
  readonly date: string;
  readonly rounds: number;
}

/** Everything that `--json` prints and that docs/performance.json keeps. */
export interface BenchReport {
  readonly machine: Machine;
  readonly versions: Versions;
  readonly rows: readonly ReportRow[];
}

/**
 * New rows in the place of the old ones. Old rows stay only where the machine and all versions that both name are the
 * same, so that one table never speaks of two.
 *
 * @param order  ids in the order of the table
 */
export function mergeReports(old: BenchReport | undefined, fresh: BenchReport, order: readonly string[]): BenchReport {
  const kept = old && fits(old, fresh) ? old : undefined;
  const measured = new Map([...(kept?.rows ?? []), ...fresh.rows].map((row) => [row.id, row]));
  return {
    machine: fresh.machine,
    versions: { ...kept?.versions, ...fresh.versions },
    rows: order.flatMap((id) => measured.get(id) ?? []),
  };
}

/** A peer that takes no part in a run has no version there. */
function fits(old: BenchReport, fresh: BenchReport): boolean {
  const sameVersions = Object.entries(fresh.versions).every(
    ([name, version]) => version === (old.versions[name] ?? version),
  );
  return sameVersions && JSON.stringify(old.machine) === JSON.stringify(fresh.machine);
}
