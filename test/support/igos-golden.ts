import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Backend, type HostArray, referenceBackend } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel, type Model } from '@igos/autograd/tfjs';
import { createMaskProblem, directions, type ExplainOptions, lineSearches, type MaskProblem, scoreOfModel } from 'igos';

const here = fileURLToPath(new URL('..', import.meta.url));
export const goldenFixtures = join(here, 'golden', 'fixtures');

/** One iteration of a golden record: the state before it, and the search. See `test/golden/README.md`. */
export interface GoldenIteration {
  readonly l1Coeff: number;
  readonly score: number;
  readonly l1: number;
  readonly tv: number;
  readonly total: number;
  readonly igScore: number;
  readonly gradNorm2: number;
  readonly igGradNorm2: number;
  readonly step: number;
  readonly trials: number;
  readonly searchFailed: boolean;
  readonly kept: boolean;
  readonly trialLog: readonly { step: number; score: number; l1: number; tv: number; total: number; margin: number }[];
}

interface GoldenParams {
  readonly iterations: number;
  readonly igSteps: number;
  readonly l1: number;
  readonly tv: number;
  readonly tvBeta: number;
  readonly step0: number;
  readonly decay: number;
  readonly armijo: number;
  readonly minStep: number;
  readonly score: 'probability' | 'logit';
  readonly direction: 'integrated' | 'plain';
  readonly stepRule: 'lineSearch' | 'fixed';
  readonly lineSearchObjective: 'endpoint' | 'path';
  readonly onFailedSearch: 'step' | 'keep';
  readonly lambdaSchedule: boolean;
}

export interface GoldenRecord {
  readonly cls: number;
  readonly settings: string;
  readonly maskSize: readonly [number, number];
  readonly params: GoldenParams;
  readonly ig0Scores: readonly number[];
  readonly history: readonly GoldenIteration[];
  readonly finalScore: number;
  readonly finalL1: number;
  readonly curves: {
    readonly product: {
      readonly deletion: readonly number[];
      readonly insertion: readonly number[];
      readonly deletionAuc: number;
      readonly insertionAuc: number;
    };
  };
}

/** A stored run with its arrays. */
export interface GoldenRun {
  readonly name: string;
  readonly record: GoldenRecord;
  /** Start and the mask after each iteration, row-major. */
  readonly masks: readonly Float32Array[];
  /** Score part of the direction at the first iteration. */
  readonly firstDirection: HostArray;
  readonly saliency: HostArray;
  readonly image: HostArray;
  readonly baseline: HostArray;
}

/** Every run of the images of a network, by folder: `digits`, `mobile` or `trained16`. */
export function goldenRuns(network: string): GoldenRun[] {
  const folder = join(goldenFixtures, network);
  const images = readdirSync(folder).filter((name) => name.startsWith(`${network}_`));
  return images.flatMap((image) => {
    const files = readdirSync(join(folder, image)).filter((name) => /^igos_.*\.json$/.test(name));
    return files.sort().map((file) => readRun(join(folder, image), { file, name: `${image} ${file.slice(5, -5)}` }));
  });
}

function readRun(folder: string, { file, name }: { file: string; name: string }): GoldenRun {
  const stem = join(folder, file.slice(0, -'.json'.length));
  const record: GoldenRecord = JSON.parse(readFileSync(`${stem}.json`, 'utf8'));
  const { data, shape } = readNpy(`${stem}_masks.npy`);
  const cells = shape[1]! * shape[2]!;
  return {
    name,
    record,
    masks: Array.from({ length: shape[0]! }, (_, i) => data.slice(i * cells, (i + 1) * cells)),
    firstDirection: readNpy(`${stem}_ig0.npy`),
    saliency: readNpy(`${stem}_saliency.npy`),
    image: readNpy(join(folder, 'image.npy')),
    baseline: readNpy(join(folder, 'baseline.npy')),
  };
}

export function goldenModel(network: string): Promise<Model> {
  const own = join(goldenFixtures, network, 'model');
  const shared = join(here, 'fixtures', network, 'graph-float32');
  return loadModel(folderReader(existsSync(own) ? own : shared));
}

/** The settings of a record in the library's terms. */
export function optionsOf({ params }: GoldenRecord): ExplainOptions {
  const search = params.lineSearchObjective === 'path' ? lineSearches.armijoPath : lineSearches.armijo;
  return {
    iterations: params.iterations,
    l1: params.l1,
    tv: params.tv,
    step: params.step0,
    stepDecay: params.decay,
    armijo: params.armijo,
    minStep: params.minStep,
    direction: directions[params.direction],
    lineSearch: params.stepRule === 'fixed' ? lineSearches.fixed : search,
    onFailedSearch: params.onFailedSearch,
    lambdaSchedule: params.lambdaSchedule,
  };
}

/** Makes problems for runs, and keeps them: runs that share image, mask size and score share compiled programs. */
export function problemMaker(model: Model, options: { backend?: Backend; batch?: number } = {}) {
  const made = new Map<string, MaskProblem>();
  return (run: GoldenRun): MaskProblem => {
    const { cls, maskSize, params } = run.record;
    const key = `${run.name.split(' ')[0]} ${maskSize} ${params.score} ${params.igSteps} ${params.tvBeta}`;
    const target = { kind: 'index', index: cls } as const;
    const problem =
      made.get(key) ??
      createMaskProblem({
        score: scoreOfModel(model, { target, score: params.score }),
        probability: scoreOfModel(model, { target }),
        image: run.image,
        baseline: run.baseline,
        maskSize,
        regularizers: { tvBeta: params.tvBeta },
        path: { points: params.igSteps },
        backend: referenceBackend,
        ...options,
      });
    made.set(key, problem);
    return problem;
  };
}

/** A float32 `.npy` file in C order, as numpy writes it. */
export function readNpy(path: string): HostArray & { readonly data: Float32Array } {
  const bytes = readFileSync(path);
  const end = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, end);
  if (!header.includes("'<f4'") || !header.includes("'fortran_order': False")) throw new Error(`${path}: ${header}`);
  const [, extents = ''] = /'shape': \(([^)]*)\)/.exec(header) ?? [];
  const shape = extents
    .split(',')
    .filter((extent) => extent.trim())
    .map(Number);
  const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset + end, bytes.byteOffset + bytes.length));
  return { data, shape };
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} values against ${b.length}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
