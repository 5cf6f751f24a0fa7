import { basename, dirname } from 'node:path';
import type { Backend, HostArray } from '@igos/autograd';
import { Command, Option } from 'commander';
import { encodeNpy } from 'igos/pictures';
import { openBackend } from '../backend.ts';
import { CliError, exitCodes, printable } from '../errors.ts';
import {
  addModelOptions,
  type ModelFlags,
  modelOption,
  type ScoreKindName,
  scoreOption,
  targetOption,
} from '../options/model-options.ts';
import { numberIn } from '../options/values.ts';
import { checkOutputFolder, writeOutputFolder } from '../output-folder.ts';
import { labelOf, openSubject, type Subject } from '../subject.ts';
import { chooseTarget } from '../target.ts';

export interface PredictFlags extends ModelFlags {
  readonly top: number;
  readonly target?: string;
  readonly score: ScoreKindName;
  readonly gradient?: string;
  readonly json?: boolean;
}

export function predictCommand(): Command {
  const command = new Command('predict')
    .description('Say what a model sees in a picture.')
    .argument('<image>', 'PNG, JPEG or WebP photo, or a .npy array that is exactly what the model sees')
    .addOption(modelOption())
    .addOption(new Option('--top <n>', 'how many classes').argParser(numberIn({ min: 1, integer: true })).default(5))
    .addOption(targetOption())
    .addOption(scoreOption());
  return addModelOptions(command)
    .addOption(new Option('--gradient <file>', 'write d score / d input of the target to this .npy file'))
    .addOption(new Option('--json', 'print data instead of text'))
    .action(async (image: string, flags: PredictFlags) => {
      const prediction = await predict(image, flags);
      process.stdout.write(flags.json ? `${JSON.stringify(prediction, null, 2)}\n` : describe(prediction));
    });
}

export interface Prediction {
  /** Every output of the model, with its batch axis; values row by row. */
  readonly outputs: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>;
  /** The most likely classes; empty where the output is not a softmax over classes. */
  readonly top: readonly RankedClass[];
  /** What `--target` or `--gradient` asks about. */
  readonly target?: { readonly index: number | null; readonly label: string; readonly score: number };
  readonly backend: string;
}

interface RankedClass {
  readonly index: number;
  readonly label: string;
  readonly probability: number;
}

/** Runs the model once; writes the gradient where one is asked for. */
export async function predict(image: string, flags: PredictFlags): Promise<Prediction> {
  const gradientFile = flags.gradient;
  const place =
    gradientFile === undefined ? undefined : { folder: dirname(gradientFile), name: basename(gradientFile) };
  if (place) checkOutputFolder(place.folder, { flag: '--gradient' });
  const subject = await openSubject(image, flags);
  const { backend } = await openBackend(flags.backend);
  try {
    const { outputs, classes } = await runOutputs(subject, backend);
    const prediction = { outputs, top: rank(subject, classes).slice(0, flags.top), backend: backend.name };
    if (flags.target === undefined && !place) return prediction;
    const { target, gradient } = await differentiate(subject, flags, backend);
    if (place) writeOutputFolder(place.folder, { [place.name]: encodeNpy(gradient) }, { flag: '--gradient' });
    return { ...prediction, target };
  } finally {
    backend.dispose();
  }
}

async function runOutputs({ opened, picture, output }: Subject, backend: Backend) {
  const { compile, input, softmax } = await import('@igos/autograd');
  const images = input('images', [1, ...picture.input.shape]);
  const built = opened.model.apply(images);
  const logits = opened.model.logits(built, output.name);
  const wanted = Object.fromEntries(opened.model.outputs.map(({ name }, i) => [`output ${i}`, built[name] ?? images]));
  if (output.isSoftmax && logits) wanted.classes = softmax(logits);
  const program = compile({ inputs: [images], outputs: wanted }, backend);
  const results: Record<string, HostArray> = await program.run({ images: withBatch(picture.input) });
  program.dispose();
  const outputs = opened.model.outputs.map(({ name }, i) => {
    const { data, shape } = checkFinite(`output ${name} of the model`, results[`output ${i}`]);
    return [name, { shape, values: Array.from(data) }] as const;
  });
  return { outputs: Object.fromEntries(outputs), classes: results.classes?.data ?? [] };
}

function rank({ output }: Subject, classes: ArrayLike<number>): RankedClass[] {
  return Array.from(classes, (probability, index) => ({ index, label: labelOf(output, index), probability })).sort(
    (a, b) => b.probability - a.probability || a.index - b.index,
  );
}

async function differentiate(subject: Subject, flags: PredictFlags, backend: Backend) {
  const { compile, gradient, input } = await import('@igos/autograd');
  const { index, label, score: scoreOf } = await chooseTarget(subject, flags, backend);
  const picture = subject.picture.input;
  const images = input('images', [1, ...picture.shape]);
  const score = scoreOf(images);
  const [slope = score] = gradient(score, [images]);
  const program = compile({ inputs: [images], outputs: { score, slope } }, backend);
  const results = await program.run({ images: withBatch(picture) });
  program.dispose();
  const { data } = checkFinite('gradient', results.slope);
  return {
    target: { index, label, score: checkFinite('score', results.score).data[0] ?? Number.NaN },
    gradient: { data, shape: picture.shape },
  };
}

function withBatch({ data, shape }: HostArray): HostArray {
  return { data, shape: [1, ...shape] };
}

function checkFinite(quantity: string, array: HostArray | undefined): HostArray {
  if (array?.data.every(Number.isFinite)) return array;
  throw new CliError(
    `the ${quantity} is not finite: check --input-scale, or the weights of the model`,
    exitCodes.notFinite,
  );
}

function describe({ top, outputs, target }: Prediction): string {
  const ranked = top.map(({ index, label, probability }) => {
    return `${(100 * probability).toFixed(2).padStart(6)} %  ${String(index).padStart(4)}  ${printable(label)}\n`;
  });
  const raw = Object.entries(outputs).map(([name, { shape, values }]) => {
    const shown = values.slice(0, 10).map((value) => Number(value.toPrecision(6)));
    return `${printable(name)} [${shape.join(', ')}]: ${shown.join(', ')}${values.length > 10 ? ', …' : ''}\n`;
  });
  const asked = target ? [`target ${printable(target.label)}: ${target.score.toPrecision(6)}\n`] : [];
  return [...(top.length > 0 ? ranked : raw), ...asked].join('');
}
