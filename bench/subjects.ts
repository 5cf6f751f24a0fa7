import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Backend, HostArray } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import {
  baselines,
  createMaskProblem,
  type MaskProblem,
  type MaskSize,
  makeBaseline,
  presets,
  scoreOfModel,
  tvWeight,
} from 'igos';
import sharp from 'sharp';
import { encodeFloats } from './peers/torch.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A network with an image to explain, the same for us and for torch. */
export interface Subject {
  readonly name: string;
  /** Folder with the model.json. */
  readonly folder: string;
  /** `[h, w, c]` */
  readonly image: HostArray;
  readonly baseline: HostArray;
  readonly target: number;
  readonly maskSize: MaskSize;
  /** Weights of the preset `small` at this mask size. */
  readonly l1: number;
  readonly tv: number;
}

/** The bundled EfficientNet-Lite0 and the photo of a dog, German shepherd. */
export async function lite0Subject(): Promise<Subject> {
  const folder = join(root, 'models/efficientnet-lite0');
  const { data, info } = await sharp(join(folder, 'reference/dog.png'))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const image = { data: Float32Array.from(data, (pixel) => (pixel - 127) / 128), shape: [info.height, info.width, 3] };
  const baseline = makeBaseline(baselines.blur, image);
  return subject({ name: 'EfficientNet-Lite0', folder, image, baseline, target: 235, maskSize: [28, 28] });
}

/** The small digit network of the golden records, and a 2. */
export function trained16Subject(): Subject {
  const folder = join(root, 'test/golden/fixtures/trained16');
  const read = (file: string) => ({ data: readFloats(join(folder, `trained16_84/${file}`), 256), shape: [16, 16, 1] });
  const arrays = { image: read('image.npy'), baseline: read('baseline.npy') };
  return subject({ name: 'trained16', folder: join(folder, 'model'), ...arrays, target: 2, maskSize: [16, 16] });
}

function subject(facts: Omit<Subject, 'l1' | 'tv'>): Subject {
  const { small } = presets;
  return { ...facts, l1: small.l1, tv: tvWeight(small, facts.maskSize) };
}

/** The problem as `igos explain` makes it: images one by one. */
export async function problemOf(
  { folder, image, baseline, target, maskSize, l1, tv }: Subject,
  backend: Backend,
): Promise<MaskProblem> {
  const model = await loadModel(folderReader(folder));
  const score = scoreOfModel(model, { target: { kind: 'index', index: target } });
  return createMaskProblem({ score, image, baseline, maskSize, backend, batch: 1, regularizers: { l1, tv } });
}

/** What torch needs to know of it. */
export function describeForTorch({ folder, image, baseline, target, maskSize, l1, tv }: Subject) {
  const arrays = { image: encodeFloats(image), baseline: encodeFloats(baseline), shape: image.shape };
  return { folder, ...arrays, target, maskSize, l1, tv };
}

/** The last `count` values of a float32 `.npy` file. */
function readFloats(path: string, count: number): Float32Array {
  const bytes = readFileSync(path);
  const end = bytes.byteOffset + bytes.length;
  return new Float32Array(bytes.buffer.slice(end - 4 * count, end));
}
