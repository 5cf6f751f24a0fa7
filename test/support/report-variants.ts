import type { ReportInput } from '../../packages/cli/src/report/html.ts';
import type { Report, ReportIteration } from '../../packages/cli/src/report/report.ts';

/** Tries to leave the text, the attribute and the script it stands in. */
const enemy = `"'></bdi></script><img src=x onerror=alert(1)><script>alert(2)</script>&lt;`;

/** Every name of the run is HTML. */
export function namedByAnEnemy(input: ReportInput): ReportInput {
  const { report } = input;
  return {
    ...input,
    command: enemy,
    report: {
      ...report,
      model: { ...report.model, name: enemy, card: enemy },
      image: { ...report.image, file: enemy },
      target: { ...report.target, label: enemy },
      baseline: { ...report.baseline, kind: enemy },
      options: { ...report.options, path: enemy },
      backend: enemy,
    },
  };
}

/** The same photo explained by a method without iterations: one map, with negative values. */
export function integratedGradients({ report, ...input }: ReportInput): ReportInput {
  const grid = Float32Array.from({ length: 7 * 9 }, (_, i) => Math.sin(i / 4));
  return {
    ...input,
    maps: { kind: 'saliency', rows: 7, columns: 9, grids: [grid] },
    report: {
      ...report,
      options: { ...report.options, method: 'integrated-gradients' },
      ...{ start: null, iterations: [] },
      final: { objective: null, score: null, probability: null, area: null },
    },
  };
}

/** A mask of a single cell, stopped by hand after the first step. */
export function oneCellAborted(input: ReportInput): ReportInput {
  const { report } = input;
  const aborted: Report = { ...report, iterations: report.iterations.slice(0, 1), stopped: 'aborted', metrics: null };
  const grids = [Float32Array.of(1), Float32Array.of(0.25)];
  return { ...input, report: aborted, maps: { kind: 'keep-masks', rows: 1, columns: 1, grids } };
}

/** A thousand iterations with twelve trials each and a mask for every pixel: more than a page can hold. */
export function longestRun(input: ReportInput): ReportInput {
  const { report } = input;
  const [row] = report.iterations;
  const [trial] = row?.trialLog ?? [];
  if (!row || !trial) throw new Error('the run has no trial');
  const iterations = Array.from({ length: 1000 }, (_, k): ReportIteration => {
    return { ...row, k, trials: 12, trialLog: Array.from({ length: 12 }, () => trial) };
  });
  const side = 224;
  const noise = Float32Array.from(uniform(2 * side * side));
  const grids = Array.from({ length: 1001 }, (_, i) => noise.subarray(i, i + side * side));
  return {
    ...input,
    report: { ...report, iterations },
    maps: { kind: 'keep-masks', rows: side, columns: side, grids },
  };
}

/** So many values of 0..1 that no encoder makes small, the same every time. */
export function* uniform(length: number): Generator<number> {
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}
