import type { Timing } from '../alternate.ts';
import type { Outcome, Value } from './outcome.ts';
import type { Bar, Row, Unit } from './row.ts';

const units: Readonly<Record<Unit, (value: number) => string>> = {
  times: (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ×`,
  share: (value) => value.toFixed(2),
  percent: (value) => `${(100 * value).toFixed(1)} %`,
  seconds: (value) => `${value.toFixed(2)} s`,
  megabytes: (value) => `${value.toFixed(1)} MB`,
  kibibytes: (value) => `${value.toFixed(1)} KiB`,
};

export function formatValue(unit: Unit, value: number): string {
  return units[unit](value);
}

/** `at least 0.85`, with the unit. */
export function formatBar(unit: Unit, { kind, required }: Bar): string {
  return `${kind} ${formatValue(unit, required)}`;
}

/** Whether a bar is kept by the best samples: what others do to the machine only makes numbers worse. */
export function verdict(bar: Bar | undefined, value: Value | undefined): 'wanted' | 'met' | 'missed' | '' {
  if (!bar || !value) return '';
  const sign = bar.kind === 'at least' ? 1 : -1;
  if (sign * value.best >= sign * bar.wanted) return 'wanted';
  return sign * value.best >= sign * bar.required ? 'met' : 'missed';
}

/** A line for people: `conv-forward: 0.91 (median 0.90); at least 0.85, wanted 0.95: met`. */
export function formatOutcome({ id, unit, bar }: Row, outcome: Outcome): string {
  if ('error' in outcome) return `${id}: ${outcome.error}`;
  const { value } = outcome;
  if (!value) return `${id}: measured`;
  const shown = `${id}: ${formatValue(unit, value.best)} (median ${formatValue(unit, value.median)})`;
  if (!bar) return shown;
  const asked = `${formatBar(unit, bar)}, wanted ${formatValue(unit, bar.wanted)}`;
  return `${shown}; ${asked}: ${verdict(bar, value)}`;
}

/** Milliseconds with three digits that count. */
export function formatMilliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}

/** GFLOP/s from the best sample, where the work was counted. */
export function formatRate({ flop, best }: Timing): string {
  return flop === undefined ? '' : (flop / best / 1e6).toFixed(1);
}
