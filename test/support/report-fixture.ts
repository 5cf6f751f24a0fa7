import { readFile } from 'node:fs/promises';
import { cropImage, cropRectangle, type RgbImage } from 'igos/pictures';
import sharp from 'sharp';
import { readNpy } from '../../packages/cli/src/image/read-npy.ts';
import { readPhoto } from '../../packages/cli/src/image/read-photo.ts';
import type { ReportInput } from '../../packages/cli/src/report/html.ts';
import { encodePicture } from '../../packages/cli/src/report/picture.ts';
import type { Report, ReportIteration } from '../../packages/cli/src/report/report.ts';

const root = new URL('../..', import.meta.url).pathname;
const golden = `${root}/test/golden/lite0/dog`;

/** State at the start of an iteration and the search that followed, as the golden record has it. */
interface GoldenRow {
  readonly l1Coeff: number;
  readonly score: number;
  readonly l1: number;
  readonly tv: number;
  readonly total: number;
  readonly step: number;
  readonly trials: number;
  readonly searchFailed: boolean;
  readonly kept: boolean;
  readonly trialLog: readonly { step: number; score: number; l1: number; tv: number; total: number; margin: number }[];
}

/** A true run: the dog, EfficientNet-Lite0, fifteen iterations of the golden record, its masks and its curves. */
export async function dogReport(): Promise<ReportInput> {
  const record = JSON.parse(await readFile(`${golden}/igos_small_m28.json`, 'utf8'));
  const facts = JSON.parse(await readFile(`${golden}/image.json`, 'utf8'));
  const masks = (await readNpy(`${golden}/igos_small_m28_masks.npy`, { exitCode: 1 })).data;
  const photo = await readPhoto(`${root}/models/photos/dog.jpg`);
  const crop = cropRectangle('centre', photo);
  const seen = cropImage(photo, crop);

  const history: readonly GoldenRow[] = record.history;
  const { finalScore, finalL1, params } = record;
  const probability: number = facts.top5[0].probability;
  const iterations = history.map((row, k): ReportIteration => {
    const last = row.trialLog.at(-1);
    if (!last) throw new Error(`iteration ${k} of the record has no trial`);
    const after = row.searchFailed ? row : last;
    return {
      k,
      ...{ objective: after.total, score: after.score, l1: after.l1, tv: after.tv, l1Weight: row.l1Coeff },
      ...{ step: row.step, trials: row.trials, failed: row.searchFailed, kept: row.kept },
      trialLog: row.trialLog.map(({ total, ...trial }) => ({ ...trial, objective: total })),
      evaluations: 2 * params.igSteps + 1 + row.trials,
    };
  });
  const first = history[0] as GoldenRow;
  const final = iterations.at(-1) as ReportIteration;
  const { deletion, insertion, deletionAuc, insertionAuc } = record.curves.product;
  const report: Report = {
    version: 1,
    model: {
      ...{ name: 'efficientnet-lite0', format: 'graph-model', inputShape: [224, 224, 3], classes: 1000 },
      ...{ parameters: 4652008, channelOrder: 'rgb', mean: [127, 127, 127], std: [128], card: 'metadata' },
    },
    image: { file: 'dog.jpg', width: photo.width, height: photo.height, crop: { ...crop } },
    target: { index: record.cls, label: 'German shepherd', score: probability, probability },
    baseline: { kind: 'blur', score: facts.baseline.probability },
    options: {
      ...{ method: 'igos', preset: 'small', target: null, score: 'probability', maskSize: [28, 28], iterations: 15 },
      ...{ igSteps: 20, path: 'right', l1: 0.1, tv: 1, tvBeta: 2, tvScale: 'on', noise: 0, seed: 0, baseline: 'blur' },
      ...{ blurSize: 51, blurSigma: 50, direction: 'integrated', lineSearch: 'armijo', step: 200, stepDecay: 0.2 },
      ...{ armijo: 1e-4, minStep: 1e-5, onFailedSearch: 'keep', lambdaSchedule: 'off', ties: 'direction', batch: 20 },
      ...{ crop: 'centre', timeLimit: null, tolerance: null, backend: 'auto' },
    },
    backend: 'reference',
    start: { objective: first.total, score: first.score, l1: first.l1, tv: first.tv },
    iterations,
    stopped: 'iterations',
    final: { objective: final.objective, score: finalScore, probability: finalScore, area: finalL1 },
    metrics: {
      deletion: { auc: deletionAuc, curve: deletion },
      insertion: { auc: insertionAuc, curve: insertion },
    },
    timing: { total: 184.2, perIteration: 12.28 },
    warnings: [],
  };
  return {
    report,
    photo: await encodePicture(seen),
    baseline: await encodePicture(await blurred(seen)),
    maps: { kind: 'keep-masks', rows: 28, columns: 28, grids: slices(Float32Array.from(masks), 28 * 28) },
    command: 'igos explain dog.jpg --preset small --noise 0 --seed 0',
  };
}

async function blurred({ data, width, height }: RgbImage): Promise<RgbImage> {
  const pixels = sharp(data, { raw: { width, height, channels: 3 } });
  return {
    width,
    height,
    data: new Uint8Array(
      await pixels
        .blur(width / 12)
        .raw()
        .toBuffer(),
    ),
  };
}

function slices(values: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: values.length / length }, (_, i) => values.subarray(i * length, (i + 1) * length));
}
