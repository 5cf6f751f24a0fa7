/**
 * Explains every bundled photo with the command line's defaults (or the flags given), compares with a random map, and prints the table of
 * docs/results.md on stdout. Takes minutes to an hour, depending on the backend.
 *
 *   npm run --silent results > table.md
 *   npm run --silent results -- --noise 0 > table.md      any flags of `igos explain`
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Report {
  readonly backend: string;
  readonly target: { readonly index: number; readonly label: string; readonly probability: number };
  readonly baseline: { readonly score: number };
  readonly iterations: readonly { readonly failed: boolean }[];
  readonly final: { readonly probability: number; readonly area: number };
  readonly metrics: { readonly deletion: { readonly auc: number }; readonly insertion: { readonly auc: number } };
  readonly timing: { readonly total: number };
}

const root = join(import.meta.dirname, '..');
const photos = join(root, 'models/photos');
const flags = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'igos-results-'));

function explain(photo: string, method: 'igos' | 'random'): Report {
  const folder = join(out, `${photo}-${method}`);
  const args = ['explain', join(photos, photo), '--method', method, '--out', folder, '--json', ...flags];
  const stdout = execFileSync(process.execPath, [join(root, 'packages/cli/bin/igos.js'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Report;
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(3) : cell)).join(' | ')} |`;
}

console.log(
  row([
    'photo',
    'class',
    'probability',
    'blurred',
    'masked',
    'area removed',
    'deletion',
    '(random)',
    'insertion',
    '(random)',
    'failed searches',
    'seconds',
  ]),
);
console.log(row(Array(12).fill('---')));
for (const photo of readdirSync(photos).filter((name) => name.endsWith('.jpg'))) {
  const found = explain(photo, 'igos');
  const random = explain(photo, 'random');
  console.log(
    row([
      photo,
      `${found.target.label.split(',')[0]} (${found.target.index})`,
      found.target.probability,
      found.baseline.score,
      found.final.probability,
      found.final.area,
      found.metrics.deletion.auc,
      random.metrics.deletion.auc,
      found.metrics.insertion.auc,
      random.metrics.insertion.auc,
      `${found.iterations.filter(({ failed }) => failed).length} of ${found.iterations.length}`,
      found.timing.total.toFixed(0),
    ]),
  );
}
console.error(`pictures and reports are in ${out}`);
