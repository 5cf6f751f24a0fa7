import { cpus } from 'node:os';
import { type Backend, compile, gradient, type HostArray, input } from '@igos/autograd';
import { createMaskProblem, type MaskProblem, scoreOfModel } from 'igos';
import { CliError, exitCodes, printable } from '../errors.ts';
import { imagePort, type OpenedModel } from '../open-model.ts';

/** Seconds of one run, over the rounds. */
export interface Times {
  readonly best: number;
  readonly median: number;
}

/** Times of one pass of the network over one picture, with the speed that the best of them means. */
interface PassTimes extends Times {
  /** Multiplications and additions, 10⁹ a second. */
  readonly gflops: number;
}

export interface Measurements {
  /** `[height, width, channels]` */
  readonly input: readonly number[];
  readonly forward: PassTimes;
  /** Score and its gradient at every value of the picture. */
  readonly gradient: PassTimes;
  /** The path gradient at its points, the regularizers, and one trial of a line search. */
  readonly iteration: Times;
  /** Seconds of a whole `igos explain`, estimated from the best times: see `typicalRun`. */
  readonly explanation: number;
  /** Bytes. */
  readonly memory: {
    /** What the backend took for weights and for results between layers, where it knows. */
    readonly engine: number | null;
    /** Of the weight files. */
    readonly weights: number;
    /** The most that the whole process took. */
    readonly resident: number;
  };
}

/** What an explanation with the default settings does: most searches accept the second or third trial, some none of 12. */
export const typicalRun = { iterations: 15, pathPoints: 20, trials: 4, metricSteps: 51 };

/** Seconds before the first round in which engines compile what they run. */
const warmUp = 0.5;

interface Subject {
  readonly opened: OpenedModel;
  readonly backend: Backend;
  readonly rounds: number;
  /** Called before every round. */
  readonly onRound: (round: number) => void;
}

/**
 * Times the network and an iteration of I-GOS in turn, on a picture of noise: time does not depend on what is seen.
 * @throws CliError with the exit code for models when the size of the picture is not known
 */
export async function measure({ opened, backend, rounds, onRound }: Subject): Promise<Measurements> {
  const { model } = opened;
  const image = noisePicture(opened);
  const score = scoreOf(opened, image.shape);
  const images = input('images', [1, ...image.shape]);
  const values = score(images);
  const [slope = values] = gradient(values, [images]);
  const forward = compile({ inputs: [images], outputs: { values } }, backend);
  const both = compile({ inputs: [images], outputs: { values, slope } }, backend);
  const problem = createMaskProblem({
    ...{ score, image, baseline: { data: new Float32Array(image.data.length), shape: image.shape } },
    ...{ backend, path: { points: typicalRun.pathPoints } },
  });
  const arrays = { images: { data: image.data, shape: images.shape } };
  try {
    const [forwardTimes, gradientTimes, iteration] = await timeInTurn(
      [() => forward.run(arrays), () => both.run(arrays), () => iterate(problem)],
      rounds,
      onRound,
    );
    const { iterations, trials, metricSteps } = typicalRun;
    const forwards = iterations * (trials - 1) + 2 * metricSteps;
    return {
      input: image.shape,
      forward: withSpeed(forwardTimes!, forward.plan.multiplyAdds),
      gradient: withSpeed(gradientTimes!, both.plan.multiplyAdds),
      iteration: iteration!,
      explanation: iterations * iteration!.best + forwards * forwardTimes!.best,
      memory: {
        engine: backend.memoryBytes?.() ?? null,
        weights: model.weightBytes,
        resident: 1024 * process.resourceUsage().maxRSS,
      },
    };
  } finally {
    problem.dispose();
    for (const program of [forward, both]) program.dispose();
  }
}

/** The machine, in words. */
export function describeProcessor(): { readonly processor: string; readonly cores: number } {
  const processors = cpus();
  return { processor: processors[0]?.model.trim() ?? 'unknown', cores: processors.length };
}

/** The first value of the first output: as a probability where it is one of classes. */
function scoreOf({ model }: OpenedModel, shape: readonly number[]) {
  const outputs = model.apply(input('images', [1, ...shape]));
  const isSoftmax = model.logits(outputs, model.outputs[0]?.name ?? '')?.shape.length === 2;
  return scoreOfModel(model, { target: { kind: 'index', index: 0 }, score: isSoftmax ? 'probability' : 'logit' });
}

function noisePicture(opened: OpenedModel): HostArray {
  const port = imagePort(opened);
  const shape = port.flatMap((extent) => extent ?? []);
  if (shape.length < 3) {
    throw new CliError(
      `model ${printable(opened.place.name)}: its input ${port.map((extent) => extent ?? '?').join('×')} has no fixed size\n` +
        'say it in an igos.json beside the model (preprocessing: inputShape)',
      exitCodes.model,
    );
  }
  const size = shape.reduce((product, extent) => product * extent, 1);
  // Fractions of multiples of the golden ratio are spread evenly over [0, 1).
  const data = Float32Array.from({ length: size }, (_, i) => 2 * ((i * 0.6180339887) % 1) - 1);
  return { data, shape };
}

async function iterate(problem: MaskProblem): Promise<void> {
  const mask = new Float32Array(problem.maskSize[0] * problem.maskSize[1]).fill(1);
  await problem.pathGradient(mask);
  await problem.penaltyGradient(mask);
  await problem.objective([mask]);
}

/** Rounds of A B C, so that what slows the machine down for a while slows all of them down. */
async function timeInTurn(
  cases: readonly (() => Promise<unknown>)[],
  rounds: number,
  onRound: (round: number) => void,
): Promise<Times[]> {
  const samples = cases.map((): number[] => []);
  const repeats: number[] = [];
  for (const run of cases) repeats.push(await warmedRepeats(run));
  for (let round = 0; round < rounds; round++) {
    onRound(round);
    for (const [i, run] of cases.entries()) {
      const count = repeats[i] ?? 1;
      const start = performance.now();
      for (let repeat = 0; repeat < count; repeat++) await run();
      samples[i]?.push((performance.now() - start) / 1000 / count);
    }
  }
  return samples.map(summarize);
}

/** Runs until the engine has compiled it well; then says how many runs take about a fiftieth of a second. */
async function warmedRepeats(run: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + 1000 * warmUp;
  for (;;) {
    const start = performance.now();
    await run();
    const now = performance.now();
    if (now >= end) return Math.max(1, Math.round(20 / (now - start)));
  }
}

function summarize(samples: readonly number[]): Times {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return { best: sorted[0] ?? 0, median };
}

function withSpeed(times: Times, multiplyAdds: number): PassTimes {
  return { ...times, gflops: (2 * multiplyAdds) / times.best / 1e9 };
}
