import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../packages/cli/src/report/report.ts';
import { writeHugeHeader, writeNpyFile, writePhoto } from '../support/bad-files.ts';
import { explainJson, fixtureModelFolder, goldenModelFolder, igos } from '../support/igos-cli.ts';
import { goldenFixtures, readNpy } from '../support/igos-golden.ts';
import { schemaErrors } from '../support/json-schema.ts';

const digit = join(goldenFixtures, 'trained16/trained16_84/image.npy');
const digitFlags = ['--model', goldenModelFolder, '--backend', 'reference', '--blur-size', '15', '--blur-sigma', '14'];
const quick = ['--model', goldenModelFolder, '--backend', 'reference', '--iterations', '1', '--ig-steps', '2'];
const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../packages/cli/schema/report.schema.json'), 'utf8'),
);
const allFiles = ['mask.npy', 'overlay.png', 'report.html', 'report.json', 'saliency.npy', 'saliency.png'];

let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'igos-explain-'));
  await writePhoto(join(cwd, 'photo.png'), { width: 60, height: 40 });
});
afterAll(() => rmSync(cwd, { recursive: true }));

const stored = (folder: string): Report => JSON.parse(readFileSync(join(cwd, folder, 'report.json'), 'utf8'));

describe('a run without flags of its own', () => {
  test('writes <name>.igos in the current folder and prints one line', async () => {
    const { code, stdout, stderr } = await igos(['explain', 'photo.png', ...quick], { cwd });
    expect([code, stderr.includes('igos:')]).toEqual([0, false]);
    expect(stdout).toMatch(/^\d: [\d.]+ % -> [\d.]+ % with \d+ % removed; .* photo\.igos\/report\.html\n$/);
    expect(readdirSync(join(cwd, 'photo.igos')).sort()).toEqual(allFiles);
    expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('pictures have the size of the photo, arrays that of mask and model', async () => {
    for (const name of ['overlay.png', 'saliency.png']) {
      expect(await sharp(join(cwd, 'photo.igos', name)).metadata()).toMatchObject({ width: 60, height: 40 });
    }
    expect(readNpy(join(cwd, 'photo.igos/mask.npy')).shape).toEqual([8, 8]);
    expect(readNpy(join(cwd, 'photo.igos/saliency.npy')).shape).toEqual([16, 16]);
    expect(stored('photo.igos').image).toMatchObject({
      width: 60,
      height: 40,
      crop: { x: 12, y: 2, width: 35, height: 35 },
    });
  });

  test('the settings are those of the contract', () => {
    expect(stored('photo.igos').options).toMatchObject({
      ...{ method: 'igos', preset: 'small', maskSize: [8, 8], path: 'right', l1: 0.1, tv: 7 / 27, tvBeta: 2 },
      ...{ tvScale: 'on', noise: 0.2, sigma: 0.2 * 0.225, seed: 0, baseline: 'blur', blurSize: 3 },
      ...{ direction: 'integrated', lineSearch: 'armijo', step: 200, stepDecay: 0.2, armijo: 1e-4, minStep: 1e-5 },
      ...{ onFailedSearch: 'keep', lambdaSchedule: 'off', score: 'probability', ties: 'direction', crop: 'centre' },
      ...{ timeLimit: null, tolerance: null, backend: 'reference' },
    });
    expect(stored('photo.igos').options.blurSigma).toBeCloseTo((50 * 16) / 224, 12);
  });
});

test('preset paper, and a flag that overrides it', async () => {
  const { options } = await explainJson(
    ['photo.png', ...quick, '--preset', 'paper', '--on-failed-search', 'keep'],
    cwd,
  );
  expect(options).toMatchObject({ l1: 1, tv: 20, tvScale: 'off', lambdaSchedule: 'on', onFailedSearch: 'keep' });
});

describe('--json', () => {
  test('prints the report and nothing else, the same that is stored', async () => {
    const { code, stdout } = await igos(['explain', digit, ...digitFlags, '--noise', '0', '--out', 'digit', '--json'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(stored('digit'));
  });

  test('the report fits its schema, and the schema is no sieve', () => {
    const report = stored('digit');
    expect(schemaErrors(schema, report)).toEqual([]);
    expect(schemaErrors(schema, { ...report, version: 2 })).toHaveLength(1);
    expect(schemaErrors(schema, { ...report, iterations: [{ ...report.iterations[0], step: 'far' }] })).toHaveLength(1);
    const { timing: _, ...without } = report;
    expect(schemaErrors(schema, without)).toEqual(['$: timing is missing']);
  });

  test('its numbers belong together', () => {
    const { start, iterations, final, options, target, metrics, timing } = stored('digit');
    expect(start).toMatchObject({ l1: 0, tv: 0, objective: target.score });
    for (const row of iterations) {
      expect(row.objective).toBeCloseTo(row.score + row.l1Weight * row.l1 + options.tv * row.tv, 9);
      expect(row.trialLog).toHaveLength(row.trials);
      expect(row.trialLog.at(-1)?.step).toBe(row.step);
      expect(row.trials).toBeLessThanOrEqual(12);
    }
    const last = iterations.at(-1);
    expect(final).toMatchObject({ objective: last?.objective, score: last?.score, area: last?.l1 });
    expect(metrics?.deletion.curve[0]).toBeCloseTo(target.probability ?? 0, 9);
    expect(metrics?.insertion.curve.at(-1)).toBeCloseTo(target.probability ?? 0, 9);
    expect(timing.perIteration).toBeCloseTo(timing.total / iterations.length, 9);
    expect(final.probability).toBeLessThan(0.2 * (target.probability ?? 0));
  });

  test('the page holds itself and stays small', () => {
    const page = readFileSync(join(cwd, 'digit/report.html'), 'utf8');
    expect(page).toContain('<!doctype html>');
    expect(page).toContain('igos explain');
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect(page.length).toBeLessThan(2e6);
  });
});

test('the same seed gives the same bytes for every batch, another seed other ones', async () => {
  const run = async (out: string, ...flags: string[]) => {
    const args = ['photo.png', ...quick, '--backend', 'gpujs:cpu', '--ig-steps', '7', '--out', out, ...flags];
    const { iterations, metrics } = await explainJson(args, cwd);
    const { trials, evaluations } = iterations[0]!;
    // Besides the path there and back: those of the search.
    return { files: { mask: readFileSync(join(cwd, out, 'mask.npy')), metrics }, trials, searched: evaluations - 14 };
  };
  const one = await run('batch-1', '--batch', '1');
  const six = await run('batch-6', '--batch', '6');
  const twelve = await run('batch-12', '--batch', '12');
  const frugal = await run('memory', '--max-memory', '2MB');
  for (const { files } of [six, twelve, frugal]) expect(files).toEqual(one.files);
  // Where a batch has room for all 12 candidates, they are judged at once.
  expect(one.trials).toBeLessThan(12);
  expect([one, six, twelve].map(({ searched }) => searched)).toEqual([one.trials, one.trials, 12]);
  expect((await run('seed', '--seed', '1')).files.mask.equals(one.files.mask)).toBe(false);
});

test('any number of threads gives the same bytes, in no more memory than was allowed', async () => {
  const run = async (out: string, ...flags: string[]) => {
    const args = ['photo.png', '--iterations', '1', '--ig-steps', '10', '--out', out, '--json', ...flags];
    const { code, stdout, stderr } = await igos(['explain', ...args], { cwd });
    expect(code).toBe(0);
    const { options } = JSON.parse(stdout) as { options: { threads: number } };
    return { mask: readFileSync(join(cwd, out, 'mask.npy')), threads: options.threads, stderr };
  };
  const one = await run('threads-1', '--threads', '1');
  for (const threads of [2, 3]) {
    const several = await run(`threads-${threads}`, '--threads', String(threads));
    expect(several.threads).toBe(threads);
    expect(several.mask.equals(one.mask)).toBe(true);
  }
  const frugal = await run('threads-frugal', '--max-memory', '60MB');
  expect(frugal.threads).toBe(1);
  expect(frugal.stderr).toMatch(/engine memory: about \d\d MB \(wasm-fma, 1 thread\)/);
  expect(frugal.mask.equals(one.mask)).toBe(true);
});

describe.each(['integrated-gradients', 'gradient', 'random'])('--method %s', (method) => {
  test('writes all files and a report that fits the schema', async () => {
    const report = await explainJson(['photo.png', ...quick, '--method', method, '--out', method], cwd);
    expect(schemaErrors(schema, report)).toEqual([]);
    expect([report.options.method, report.iterations]).toEqual([method, []]);
    expect(readdirSync(join(cwd, method)).sort()).toEqual(allFiles);
  });
});

describe('targets', () => {
  test('a difference of two classes', async () => {
    const { target, options } = await explainJson(['photo.png', ...quick, '--target', 'index:3-5'], cwd);
    expect(target).toMatchObject({ index: null, label: '3 − 5' });
    expect(options.target).toBe('index:3-5');
  });

  test('a label of digits only, and a label of the user', async () => {
    writeFileSync(join(cwd, 'names.txt'), 'nought\none\ntwo\nthree\nfour\nfive\nsix\nseven\n9\n8\n');
    const named = ['photo.png', ...quick, '--labels', 'names.txt', '--target'];
    expect((await explainJson([...named, 'Seven'], cwd)).target).toMatchObject({ index: 7, label: 'seven' });
    expect((await explainJson([...named, 'label:9'], cwd)).target).toMatchObject({ index: 8, label: '9' });
    expect((await explainJson([...named, '9'], cwd)).target).toMatchObject({ index: 9, label: '8' });
  });

  test('a logit is told as such, with the probability beside it', async () => {
    const { target, final } = await explainJson(['photo.png', ...quick, '--score', 'logit'], cwd);
    expect(target.score).not.toBe(target.probability);
    expect(target.probability).toBeGreaterThan(0);
    expect(final.probability).toBeLessThanOrEqual(1);
  });
});

describe('pictures of all kinds', () => {
  const kinds: Record<string, (path: string) => Promise<unknown>> = {
    'one pixel': (path) => writePhoto(path, { width: 1, height: 1 }),
    'one pixel wide': (path) => writePhoto(path, { width: 1, height: 4000 }),
    'half transparent': async (path) => {
      const pixels = Buffer.alloc(4 * 20 * 20, 128);
      await sharp(pixels, { raw: { width: 20, height: 20, channels: 4 } })
        .png()
        .toFile(path);
    },
  };
  test.each(Object.keys(kinds))('%s', async (kind) => {
    await kinds[kind]?.(join(cwd, `${kind}.png`));
    const report = await explainJson([`${kind}.png`, ...quick], cwd);
    expect(schemaErrors(schema, report)).toEqual([]);
  });

  test('a turned photo is explained upright', async () => {
    await sharp(join(cwd, 'photo.png')).withMetadata({ orientation: 6 }).jpeg().toFile(join(cwd, 'turned.jpg'));
    const { image } = await explainJson(['turned.jpg', ...quick, '--crop', 'none', '--out', 'turned'], cwd);
    expect(image).toMatchObject({ width: 40, height: 60, crop: { x: 0, y: 0, width: 40, height: 60 } });
    expect(await sharp(join(cwd, 'turned/overlay.png')).metadata()).toMatchObject({ width: 40, height: 60 });
  });

  test('a given picture as the baseline', async () => {
    await writePhoto(join(cwd, 'other.png'), { width: 30, height: 30 });
    const { baseline } = await explainJson(['photo.png', ...quick, '--baseline', 'other.png'], cwd);
    expect(baseline.kind).toBe('image');
  });
});

describe('warnings', () => {
  test('go to stderr and into the report', async () => {
    await writePhoto(join(cwd, 'guessed.png'), { width: 17, height: 17 });
    const args = ['explain', 'guessed.png', '--model', fixtureModelFolder, ...quick.slice(2)];
    const { stdout, stderr } = await igos([...args, '--json'], { cwd });
    const { warnings } = JSON.parse(stdout) as Report;
    expect(warnings.join('\n')).toMatch(/input scaling is a guess/);
    expect(warnings.join('\n')).toMatch(/baseline keeps the class/);
    expect(stderr.split('\n').filter((line) => line.startsWith('warning: '))).toHaveLength(warnings.length);
    expect((await igos([...args, '--quiet'], { cwd })).stderr).toBe('');
  });

  test('say so when noise may have stopped the search', async () => {
    const warned = async (noise: string) => {
      const flags = ['--noise', noise, '--iterations', '2'];
      return (await explainJson([digit, ...digitFlags, ...flags], cwd)).warnings.join('\n');
    };
    expect(await warned('30')).toMatch(/keeps \d+ % of its score.*--noise 0/);
    expect(await warned('0')).not.toMatch(/keeps/);
  });

  test('name another search when this one stalls without noise', async () => {
    const flags = ['--noise', '0', '--iterations', '1', '--l1', '50'];
    const { warnings } = await explainJson([digit, ...digitFlags, ...flags], cwd);
    expect(warnings.join('\n')).toMatch(/keeps \d+ % of its score.*--line-search armijo-path/);
  });

  test('a constant picture has a constant map, drawn without heat', async () => {
    writeNpyFile(join(cwd, 'flat.npy'), new Float32Array(256).fill(0.5), [16, 16]);
    const { warnings, final } = await explainJson(['flat.npy', ...quick, '--noise', '0'], cwd);
    expect(warnings.join('\n')).toMatch(/gradient of the score is 0/);
    expect(final.area).toBe(0);
  });
});

describe('an existing folder', () => {
  test('keeps its other files', async () => {
    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'mine/notes.txt'), 'mine');
    writeFileSync(join(cwd, 'mine/report.json'), 'old');
    await explainJson(['photo.png', ...quick, '--out', 'mine'], cwd);
    expect(readdirSync(join(cwd, 'mine')).sort()).toEqual([...allFiles, 'notes.txt'].sort());
    expect(readFileSync(join(cwd, 'mine/notes.txt'), 'utf8')).toBe('mine');
    expect(stored('mine').version).toBe(1);
  });

  test('new folders are made with those above them', async () => {
    await explainJson(['photo.png', ...quick, '--out', 'a/b/c'], cwd);
    expect(readdirSync(join(cwd, 'a/b/c')).sort()).toEqual(allFiles);
  });
});

describe('stopping', () => {
  test('the time limit ends a run that is still written', async () => {
    const report = await explainJson(
      ['photo.png', ...quick, '--iterations', '100000', '--time-limit', '1', '--out', 'timed'],
      cwd,
    );
    expect(report.stopped).toBe('time');
    expect(schemaErrors(schema, report)).toEqual([]);
    expect(existsSync(join(cwd, 'timed/report.html'))).toBe(true);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends with %i and leaves nothing behind', async (signal, code) => {
    const before = readdirSync(cwd);
    const args = ['explain', 'photo.png', ...quick, '--iterations', '100000', '--out', signal];
    // the first line of progress comes when the search is well under way
    const onStart = (program: ChildProcess) => {
      program.stderr?.on('data', (text: string) => text.includes('iteration') && program.kill(signal));
    };
    const result = await igos(args, { cwd, onStart });
    expect(result).toMatchObject({ code, signal: null, stdout: '' });
    expect(result.stderr).toContain(`stopped by ${signal}`);
    expect(readdirSync(cwd)).toEqual(before);
  });
});

test('a reader that goes away is no failure', async () => {
  const { code, stderr } = await igos(['models'], {
    cwd,
    onStart: (program) => program.stdout?.destroy(),
  });
  expect([code, stderr]).toEqual([0, '']);
});

test('progress comes in plain lines where there is no terminal', async () => {
  const { stderr } = await igos(
    ['explain', 'photo.png', ...quick, '--iterations', '100000', '--time-limit', '7', '--out', 'slow'],
    { cwd },
  );
  expect(stderr).toMatch(/iteration \d+\/100000 {2}objective \d/);
  expect(stderr).toMatch(/\d+:\d\d left/);
  expect(stderr).not.toContain('\x1b');
});

test('a header that claims too many pixels is refused before anything is decoded', async () => {
  writeHugeHeader(join(cwd, 'bomb.png'), 30_000, 30_000);
  const start = performance.now();
  const { code } = await igos(['explain', 'bomb.png', ...quick], { cwd });
  expect([code, performance.now() - start < 20_000]).toEqual([4, true]);
});
