import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Ten lines, from the digits network to a map: what the packages promise to those who embed them. */
const tenLines = `
import { baselines, createMaskProblem, explain, explainToEnd, makeBaseline, scoreOfModel } from 'igos';
import { createWasmBackend } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
const model = await loadModel(folderReader(process.argv[2]));
const image = { data: Float32Array.from({ length: 784 }, (_, i) => +(i % 28 > 12 && i % 28 < 16)), shape: [28, 28, 1] };
const score = scoreOfModel(model, { target: { kind: 'index', index: 1 } });
const baseline = makeBaseline(baselines.black, image);
const problem = createMaskProblem({ score, image, baseline, backend: createWasmBackend(), maskSize: [7, 7] });
const { saliency, final } = await explainToEnd(explain(problem, { iterations: 2 }));
console.log(JSON.stringify({ pixels: saliency.data.length, score: final.score }));
`;

describe('the packed libraries in an empty project', () => {
  const project = mkdtempSync(join(tmpdir(), 'igos-packed-'));
  const npm = (args: readonly string[], cwd: string) =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' });

  beforeAll(() => {
    for (const name of ['autograd', 'igos']) {
      npm(['pack', '--pack-destination', project], join(root, 'packages', name));
    }
    const tarballs = readdirSync(project).filter((file) => file.endsWith('.tgz'));
    writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
    npm(['install', '--offline', '--ignore-scripts', ...tarballs.map((file) => `./${file}`)], project);
  }, 120_000);
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test('install without gpu.js, ndarray, TensorFlow.js or commander', () => {
    const installed = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed.toSorted()).toEqual(['@igos', 'igos']);
    expect(readdirSync(join(project, 'node_modules/@igos'))).toEqual(['autograd']);
  });

  test('explain a tensor with the digits network in ten lines', () => {
    writeFileSync(join(project, 'explain.js'), tenLines);
    const digits = join(root, 'models/digits');
    const printed = execFileSync(process.execPath, ['explain.js', digits], { cwd: project, encoding: 'utf8' });
    const { pixels, score } = JSON.parse(printed) as { pixels: number; score: number };
    expect(pixels).toBe(28 * 28);
    expect(score).toBeLessThan(0.2);
  });

  test('carry no tests, no sources of other packages and no absolute paths', () => {
    for (const name of ['igos', '@igos/autograd']) {
      const folder = join(project, 'node_modules', name);
      expect(existsSync(join(folder, 'dist/index.js'))).toBe(true);
      expect(existsSync(join(folder, 'test'))).toBe(false);
    }
  });
});
