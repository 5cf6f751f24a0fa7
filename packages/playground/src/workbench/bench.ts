import { type Backend, createWasmBackend, type HostArray, referenceBackend, uniformStream } from '@igos/autograd';
import { filesReader } from '@igos/autograd/browser';
import { loadModel } from '@igos/autograd/tfjs';
import { createMaskProblem, type MaskProblem, makeBaseline, type ProblemOptions, scoreOfModel } from 'igos';
import { baselines } from 'igos/named';
import { readPhoto } from '../engine/read-photo.ts';
import { makeSubject, type Subject } from '../engine/subject.ts';

/** Files that a worker is handed, since it may load none. */
export interface BenchRequest {
  /** All of the network, by their names. */
  readonly model: readonly File[];
  readonly picture: Blob;
}

/** What code is tried on. */
export interface Bench {
  readonly subject: Subject;
  /** Black: what replaces pixels. */
  readonly baseline: HostArray;
  /** The score is the probability, computed fast. */
  problem(options?: Partial<ProblemOptions>): MaskProblem;
  /** The score is the logit, computed in float64; paths have few points. */
  exactProblem(options?: Partial<ProblemOptions>): MaskProblem;
  readonly backend: Backend;
}

/** Each point of a path costs a pass of the network for every difference. */
const pathPointsOfChecks = 4;

export async function openBench({ model: files, picture }: BenchRequest): Promise<Bench> {
  const backend = createWasmBackend();
  const [model, photo] = await Promise.all([loadModel(filesReader(files)), readPhoto(picture)]);
  const subject = await makeSubject(model, photo, { target: '', crop: 'centre', backend });
  const { image, target } = subject;
  const baseline = makeBaseline(baselines.black, image, subject.units.pixels);
  const score = scoreOfModel(model, { target, score: 'logit' });
  return {
    ...{ subject, baseline, backend },
    problem: (options) => createMaskProblem({ score: subject.score, image, baseline, backend, ...options }),
    exactProblem: ({ path, ...options } = {}) => {
      const few = { ...path, points: pathPointsOfChecks };
      return createMaskProblem({ score, image, baseline, backend: referenceBackend, path: few, ...options });
    },
  };
}

/** A mask where nothing is special: every cell between 0.2 and 0.8, exact in float32. */
export function anyMask({ maskSize: [rows, columns] }: MaskProblem): Float32Array {
  const uniform = uniformStream(3);
  return Float32Array.from({ length: rows * columns }, (_, cell) => 0.2 + 0.6 * uniform(cell));
}

/** The image with a little noise, so that no pixels are equal and nothing lies on a kink. */
export function anyImage({ image }: Subject): Float64Array {
  const uniform = uniformStream(5);
  return Float64Array.from(image.data, (value, i) => value + 0.05 * (2 * uniform(i) - 1));
}
