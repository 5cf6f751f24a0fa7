import { describe, expect, test } from 'vitest';
import { formatOutcome, verdict } from '../../bench/results/format.ts';
import { insertTables } from '../../bench/results/markdown.ts';
import { type Comparison, rateRatio, speedRatio, timingOf, worstOf } from '../../bench/results/outcome.ts';
import { type BenchReport, mergeReports, type ReportRow } from '../../bench/results/report.ts';
import { atLeast, atMost } from '../../bench/results/row.ts';

const ours = { name: 'ours', best: 2, median: 3, samples: [2, 3], flop: 6e6 };
const peer = { name: 'peer', best: 5, median: 6, samples: [5, 6], flop: 3e6 };
const comparison: Comparison = { subject: 'a layer', timings: [ours, peer], othersBusy: 0.25 };

const row: ReportRow = {
  id: 'fast',
  measure: 'ours against a peer',
  unit: 'times',
  bar: atLeast(1.3, 1.6),
  group: 'Layers',
  outcome: { value: { best: 2.5, median: 2 }, comparisons: [comparison], notes: ['the lowest of one'] },
  date: '2026-11-25',
  rounds: 9,
};

const report = (...rows: ReportRow[]): BenchReport => ({
  machine: { processor: 'a chip', cores: 2, memory: 8, system: 'linux x64' },
  versions: { igos: '0.1.0', node: '20' },
  rows,
});

describe('ratios', () => {
  test('of speed and of work a second', () => {
    expect(speedRatio(ours, peer)).toEqual({ best: 2.5, median: 2 });
    expect(rateRatio(ours, peer)).toEqual({ best: 5, median: 4 });
  });

  test('of the worst comparison', () => {
    const values = [3, 2, 4].map((best) => ({ ...comparison, value: { best, median: best + 1 } }));
    expect(worstOf(values)).toEqual({ best: 2, median: 3 });
    expect(worstOf(values, 'max')).toEqual({ best: 4, median: 5 });
  });

  test('only of what was timed', () => {
    expect(timingOf(comparison, 'peer')).toBe(peer);
    expect(() => timingOf(comparison, 'nobody')).toThrow('nothing called nobody was timed');
  });
});

test.each([
  [atLeast(1.3, 1.6), 1.6, 'wanted'],
  [atLeast(1.3, 1.6), 1.3, 'met'],
  [atLeast(1.3, 1.6), 1.29, 'missed'],
  [atMost(120, 60), 60, 'wanted'],
  [atMost(120, 60), 120, 'met'],
  [atMost(120, 60), 121, 'missed'],
])('%o judges %d: %s', (bar, best, expected) => {
  expect(verdict(bar, { best, median: 0 })).toBe(expected);
});

test('a line for people', () => {
  expect(formatOutcome(row, row.outcome)).toBe('fast: 2.50 × (median 2.00 ×); at least 1.30 ×, wanted 1.60 ×: wanted');
  expect(formatOutcome(row, { error: 'torch is not installed' })).toBe('fast: torch is not installed');
});

describe('merging reports', () => {
  const other = { ...row, id: 'slow' };

  test('keeps rows of the same machine and versions, in the order of the table', () => {
    const again = { ...row, date: '2026-11-26' };
    const merged = mergeReports(report(other, row), report(again), ['fast', 'slow']);
    expect(merged.rows).toEqual([again, other]);
  });

  test('keeps them, and the version, of a peer that takes no part now', () => {
    const withTorch = { ...report(other), versions: { igos: '0.1.0', node: '20', torch: '2' } };
    const merged = mergeReports(withTorch, report(row), ['fast', 'slow']);
    expect(merged.rows).toEqual([row, other]);
    expect(merged.versions).toEqual({ igos: '0.1.0', node: '20', torch: '2' });
  });

  test('drops them where anything is different, and rows that are no more', () => {
    const elsewhere = { ...report(other), versions: { igos: '0.2.0', node: '20' } };
    expect(mergeReports(elsewhere, report(row), ['fast', 'slow']).rows).toEqual([row]);
    expect(mergeReports(report(other), report(row), ['fast']).rows).toEqual([row]);
  });
});

describe('the document', () => {
  const begin = '<!-- begin of what `npm run bench -- --write` writes -->';
  const end = '<!-- end of what `npm run bench -- --write` writes -->';
  const document = `before\n${begin}\nold\n${end}\nafter\n`;

  test('gets the tables between its marks, and keeps the rest', () => {
    const failed = { ...row, id: 'slow', measure: 'without a peer', outcome: { error: 'no | peer' } };
    const text = insertTables(document, report(row, failed));
    expect(text).toMatch(/^before\n<!-- begin/);
    expect(text).toMatch(/end of what `npm run bench -- --write` writes -->\nafter\n$/);
    expect(text).not.toContain('old');
    for (const line of [
      'a chip, 2 cores, 8 GB, linux x64; igos 0.1.0, node 20.',
      '| ours against a peer | 2.50 × | 2.00 × | at least 1.30 × | 1.60 × | **wanted** | 2026-11-25 |',
      '| without a peer | not measured |  | at least 1.30 × | 1.60 × | no \\| peer | 2026-11-25 |',
      '### Layers',
      '| a layer | ours | 2 | 3 | 3.0 | 0.3 |',
      '|  | peer | 5 | 6 | 0.6 |  |',
      '- the lowest of one',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(insertTables(text, report(row, failed)), 'writing again changes nothing').toBe(text);
  });

  test('without its marks is refused', () => {
    expect(() => insertTables('nothing', report(row))).toThrow('the document needs the lines <!-- begin');
  });
});
