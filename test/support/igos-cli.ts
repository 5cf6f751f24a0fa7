import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../packages/cli/src/report/report.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = join(root, 'packages/cli/bin/igos.js');
/** With a card: 16×16×1, ten digits. */
export const goldenModelFolder = join(root, 'test/golden/fixtures/trained16/model');
/** Without a card: random weights, 17×17×3, seven classes. */
export const fixtureModelFolder = join(root, 'test/fixtures/mobile/graph-float32');
export const photos = join(root, 'models/photos');

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the running program. */
  readonly onStart?: (program: ChildProcess) => void;
}

/** Runs the built `igos` as a user would, without a terminal. */
export async function igos(args: readonly string[], { cwd, env, onStart }: CliOptions): Promise<CliResult> {
  if (!existsSync(join(root, 'packages/cli/dist/main.js'))) throw new Error('build first: npm run build');
  const program = spawn(process.execPath, [binary, ...args], {
    cwd,
    env: { ...process.env, DEBUG: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  program.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  onStart?.(program);
  return new Promise((resolve, reject) => {
    program.on('error', reject);
    program.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
}

/** The report that `explain --json` prints; throws what the program said when it failed. */
export async function explainJson(args: readonly string[], cwd: string): Promise<Report> {
  const { code, stdout, stderr } = await igos(['explain', ...args, '--json'], { cwd });
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
