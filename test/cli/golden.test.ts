import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeNpy } from 'igos/pictures';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../packages/cli/src/report/report.ts';
import { explainJson } from '../support/igos-cli.ts';
import {
  type GoldenIteration,
  type GoldenRun,
  goldenFixtures,
  goldenRuns,
  largestDifference,
  readNpy,
} from '../support/igos-golden.ts';

const tolerance = 1e-6;

/** One run of each settings on the trained network, and some on the random ones with their odd mask sizes. */
const chosen = [
  'trained16_84 official_m8',
  'trained16_84 small_m8',
  'trained16_60 small_m16',
  'trained16_84 small-plain_m8',
  'trained16_60 small-path_m8',
  'trained16_84 small-logit_m8',
  'trained16_60 small-fixed10_m8',
  'digits_0 official_m7',
  'digits_1 small-plain_m7',
  'digits_0 small-path_m7',
  'digits_1 small-logit_m7',
  'digits_0 small-fixed10_m7',
  'mobile_1 official_m6',
  'mobile_0 small_m5x9',
  'mobile_1 small-path_m5x9',
];

/** Blur of the stored baselines. */
const blurs: Record<string, readonly string[]> = {
  digits: ['--blur-size', '5', '--blur-sigma', '4'],
  mobile: ['--blur-size', '5', '--blur-sigma', '4'],
  trained16: ['--blur-size', '15', '--blur-sigma', '14'],
};

const runs = Object.keys(blurs)
  .flatMap(goldenRuns)
  .filter(({ name }) => chosen.includes(name));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'igos-golden-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A record's image, model and params as arguments. */
function argumentsOf({ name, record: { cls, maskSize, params } }: GoldenRun): string[] {
  const image = name.split(' ')[0] ?? '';
  const network = image.replace(/_\d+$/, '');
  const own = join(goldenFixtures, network, 'model');
  const search = params.lineSearchObjective === 'path' ? 'armijo-path' : 'armijo';
  const flags = {
    model: existsSync(own) ? own : join(goldenFixtures, '../../fixtures', network, 'graph-float32'),
    target: cls,
    'mask-size': maskSize.join('x'),
    iterations: params.iterations,
    'ig-steps': params.igSteps,
    l1: params.l1,
    tv: params.tv,
    'tv-scale': 'off',
    'tv-beta': params.tvBeta,
    step: params.step0,
    'step-decay': params.decay,
    armijo: params.armijo,
    'min-step': params.minStep,
    score: params.score,
    direction: params.direction,
    'line-search': params.stepRule === 'fixed' ? 'fixed' : search,
    'on-failed-search': params.onFailedSearch,
    'lambda-schedule': params.lambdaSchedule ? 'on' : 'off',
    noise: 0,
    ties: 'index',
    backend: 'reference',
  };
  const words = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  return [join(goldenFixtures, network, image, 'image.npy'), ...(blurs[network] ?? []), ...words];
}

/** The record tells the state before each iteration, the report the one after it. */
function expectRows({ start, iterations }: Report, history: readonly GoldenIteration[], count: number): void {
  const states = [start, ...iterations];
  for (let k = 0; k < count; k++) {
    const [stored, after, row] = [history[k], history[k + 1], iterations[k]];
    for (const term of ['score', 'l1', 'tv'] as const) {
      expect(Math.abs((states[k]?.[term] ?? Number.NaN) - (stored?.[term] ?? 0))).toBeLessThan(tolerance);
      expect(Math.abs((row?.[term] ?? Number.NaN) - (after?.[term] ?? 0))).toBeLessThan(tolerance);
    }
    expect(row?.l1Weight).toBeCloseTo(stored?.l1Coeff ?? 0, 12);
    expect(row?.step).toBeCloseTo(stored?.step ?? 0, 12);
    expect([row?.trials, row?.failed, row?.kept]).toEqual([stored?.trials, stored?.searchFailed, stored?.kept]);
  }
}

describe('the command line repeats stored runs', () => {
  test('all that were chosen are there', () => {
    expect(runs.map(({ name }) => name).sort()).toEqual([...chosen].sort());
  });

  test.each(runs)('$name', async (run) => {
    const out = join(folder, run.name.replace(' ', '-'));
    const report = await explainJson([...argumentsOf(run), '--out', out], folder);
    const { history, curves } = run.record;

    // a kept mask without noise ends the run: what follows in the record is the same again
    expectRows(report, history, Math.min(3, report.iterations.length));
    expect(report.backend).toBe('reference');
    expect(report.options.tv).toBeCloseTo(run.record.params.tv, 12);

    const mask = readNpy(join(out, 'mask.npy'));
    const agrees = largestDifference(mask.data, run.masks.at(-1) ?? []) <= tolerance;
    expect(agrees).toBe(true);
    expect(largestDifference(readNpy(join(out, 'saliency.npy')).data, run.saliency.data)).toBeLessThan(2e-6);
    expect(report.metrics?.deletion.auc).toBeCloseTo(curves.product.deletionAuc, 3);
    expect(report.metrics?.insertion.auc).toBeCloseTo(curves.product.insertionAuc, 3);
    expect(report.metrics?.deletion.curve).toHaveLength(51);
    expect(report.final.area).toBeCloseTo(run.record.finalL1, 6);
  });
});

describe('one step from a stored mask', () => {
  const cases = [
    { name: 'trained16_84 official_m8', i: 8 },
    { name: 'trained16_84 small_m8', i: 5 },
    { name: 'mobile_0 small_m5x9', i: 1 },
    { name: 'digits_0 small-path_m7', i: 12 },
  ];
  test.each(cases)('$name, step $i', async ({ name, i }) => {
    const run = runs.find((one) => one.name === name);
    const state = run?.record.history[i];
    const mask = run?.masks[i];
    if (!run || !state || !mask) throw new Error(`there is no step ${i} of ${name}`);
    const file = join(folder, `${name}-${i}.npy`);
    writeFileSync(file, encodeNpy({ data: mask, shape: run.record.maskSize }));
    const out = join(folder, `${name}-${i}`);
    const flags = ['--init-mask', file, '--iterations', '1', '--l1', String(state.l1Coeff), '--out', out];
    const report = await explainJson([...argumentsOf(run), ...flags], folder);

    expect(report.iterations).toHaveLength(1);
    expect(report.iterations[0]?.step).toBeCloseTo(state.step, 12);
    expect(report.start?.score).toBeCloseTo(state.score, 6);
    expect(largestDifference(readNpy(join(out, 'mask.npy')).data, run.masks[i + 1] ?? [])).toBeLessThan(tolerance);
  });
});

describe.each(['wasm', 'gpujs:webasm', 'gpujs:cpu'])('in float32, on %s', (backend) => {
  test.each(['trained16_84 small_m8', 'trained16_60 small-path_m8'])('%s', async (name) => {
    const run = runs.find((one) => one.name === name);
    if (!run) throw new Error(`there is no run ${name}`);
    const out = join(folder, `${name}-${backend.replace(':', '-')}`);
    const flags = ['--backend', backend, '--iterations', '3', '--out', out];
    const report = await explainJson([...argumentsOf(run), ...flags], folder);

    expect(report.backend).toMatch(backend === 'wasm' ? /^wasm(-fma)?$/ : backend);
    const { history } = run.record;
    expect(report.iterations.map(({ step }) => step)).toEqual(
      history.slice(0, 3).map(({ step }) => expect.closeTo(step, 9)),
    );
    // the record's own tolerance for three free iterations in float32
    expect(largestDifference(readNpy(join(out, 'mask.npy')).data, run.masks[3] ?? [])).toBeLessThan(1e-2);
    for (const [k, row] of report.iterations.entries()) {
      expect(Math.abs(row.score - (history[k + 1]?.score ?? 0))).toBeLessThan(1e-2);
    }
  });
});
