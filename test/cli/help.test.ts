import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { igos } from '../support/igos-cli.ts';

const cwd = tmpdir();

describe('help', () => {
  test('lists the commands and the exit codes', async () => {
    const { code, stdout, stderr } = await igos(['--help'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    for (const command of ['explain', 'predict', 'inspect', 'models', 'bench', 'playground'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    for (const word of ['0 ok', '2 wrong use', '3 bad model', '4 bad image', '130, 143'])
      expect(stdout).toContain(word);
  });

  /** The contract's flags, each with the word it must show as its default. */
  const explainFlags = {
    model: 'efficientnet-lite0',
    target: 'most likely',
    method: 'igos',
    preset: 'small',
    'mask-size': '28',
    iterations: '15',
    'ig-steps': '20',
    path: 'right',
    l1: 'small: 0.1, paper: 1',
    tv: 'small: 1, paper: 20',
    'tv-beta': '2',
    'tv-scale': 'small: on, paper: off',
    noise: '0.2',
    seed: '0',
    baseline: 'blur',
    'blur-size': '51',
    'blur-sigma': '50',
    direction: 'integrated',
    'line-search': 'small: armijo, paper: armijo',
    step: '200',
    'step-decay': '0.2',
    armijo: '0.0001',
    'min-step': '0.00001',
    'on-failed-search': 'small: keep, paper: step',
    'lambda-schedule': 'small: off, paper: on',
    score: 'probability',
    ties: 'direction',
    'input-scale': 'imagenet',
    labels: 'JSON',
    crop: 'centre',
    output: 'first',
    'init-mask': 'npy',
    'time-limit': 'seconds',
    tolerance: 'objective',
    backend: 'auto',
    threads: 'threads',
    batch: 'images',
    'max-memory': '1GB',
    out: '<image>.igos',
    json: 'report',
    quiet: 'stderr',
    'no-color': 'colours',
  };

  test('explain shows every flag of the contract with its default', async () => {
    const { code, stdout } = await igos(['explain', '--help'], { cwd });
    expect(code).toBe(0);
    const [, options = ''] = stdout.split('Options:');
    const entries = options.split(/^ {2}(?=-)/m);
    for (const [flag, word] of Object.entries(explainFlags)) {
      const entry = entries.find((text) => new RegExp(`^(-\\w, )?--${flag}\\b`).test(text));
      expect(entry?.replace(/\s+/g, ' '), `--${flag}`).toContain(word);
    }
    expect(entries.length - 2, 'no flags beyond those and --help').toBe(Object.keys(explainFlags).length);
  });

  test('predict and inspect show theirs', async () => {
    const predict = await igos(['predict', '--help'], { cwd });
    for (const flag of ['model', 'top', 'target', 'score', 'gradient', 'input-scale', 'backend', 'json']) {
      expect(predict.stdout).toMatch(new RegExp(`--${flag}\\b`));
    }
    expect((await igos(['help', 'inspect'], { cwd })).stdout).toContain('<model>');
  });

  test('without a command: the help on stderr and exit code 2', async () => {
    const { code, stdout, stderr } = await igos([], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('explain');
  });

  test('the version is that of the package', async () => {
    expect((await igos(['--version'], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

/** Runs `igos --help` with a module loaded before it; gives what that module writes to stderr. */
async function helpAfter(preload: string): Promise<string> {
  const binary = join(import.meta.dirname, '../../packages/cli/bin/igos.js');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    dataUrl(preload),
    binary,
    '--help',
  ]);
  expect(stdout).toContain('explain');
  return stderr;
}

function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

test('help loads neither a package nor a codec nor a backend', async () => {
  const hooks = `
    import { writeSync } from 'node:fs';
    export function load(url, context, next) { writeSync(2, url + '\\n'); return next(url, context); }`;
  const stderr = await helpAfter(
    `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))});`,
  );
  const loaded = stderr.split('\n').filter((url) => url.startsWith('file:'));
  expect(loaded.some((url) => url.endsWith('/dist/run-igos.js'))).toBe(true);
  expect(loaded.filter((url) => /autograd|packages\/igos|sharp|gpu\.js|\/commands\//.test(url))).toEqual([]);
});

test('help takes less than 0.2 s', async () => {
  // of the processor, since others may use it, too; the quietest of five runs
  const report = `process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write(String(user + system)); });`;
  const seconds: number[] = [];
  for (let run = 0; run < 5; run++) seconds.push(Number(await helpAfter(report)) / 1e6);
  expect(Math.min(...seconds)).toBeGreaterThan(0.01);
  expect(Math.min(...seconds)).toBeLessThan(0.2);
});
