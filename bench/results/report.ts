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
 * New rows in the place of the old ones. Old rows stay only where machine and versions are the same, so that one table
 * never speaks of two.
 *
 * @param order  ids in the order of the table
 */
export function mergeReports(old: BenchReport | undefined, fresh: BenchReport, order: readonly string[]): BenchReport {
  const place = ({ machine, versions }: BenchReport) => JSON.stringify([machine, versions]);
  const kept = old && place(old) === place(fresh) ? old.rows : [];
  const measured = new Map([...kept, ...fresh.rows].map((row) => [row.id, row]));
  return { ...fresh, rows: order.flatMap((id) => measured.get(id) ?? []) };
}
