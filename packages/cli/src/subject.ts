import type { ModelCard, Preprocessing } from '@igos/autograd/tfjs';
import { CliError, exitCodes, printable } from './errors.ts';
import { readRegularFile } from './image/read-file.ts';
import { nearestName } from './nearest.ts';
import { imagePort, type OpenedModel, openModel } from './open-model.ts';
import type { ModelFlags } from './options/model-options.ts';
import { type Picture, readPicture } from './picture.ts';

/** A model with a picture in front of it. */
export interface Subject {
  readonly opened: OpenedModel;
  readonly picture: Picture;
  /** How pixels become the input; undefined where the model does not take pictures of 1 or 3 channels. */
  readonly encoding: Preprocessing | undefined;
  /** Where the scaling is from. */
  readonly scaling: ModelCard['source'];
  readonly output: OutputFacts;
}

/** The output that is looked at. */
export interface OutputFacts {
  readonly name: string;
  /** Values for one picture. */
  readonly size: number;
  /** Whether a softmax makes it, so that its values are probabilities of classes. */
  readonly isSoftmax: boolean;
  /** Names of its values, none where they are not known. */
  readonly labels: readonly string[];
}

/**
 * Opens the model, reads the picture as the model sees it, and finds the output.
 * @throws CliError for a bad model, picture, label file or output name
 */
export async function openSubject(image: string, flags: ModelFlags): Promise<Subject> {
  const opened = await openModel(flags.model);
  const { card } = opened.model;
  const encoding = encodingOf(opened, flags);
  const picture = await readPicture(image, { opened, encoding, crop: flags.crop });
  const output = await findOutput(opened, picture, flags);
  return { opened, picture, encoding, scaling: flags.inputScale ? 'flags' : card.source, output };
}

/** The card's preprocessing, with the scale of the flag where one is given. */
function encodingOf(opened: OpenedModel, { inputScale }: ModelFlags): Preprocessing | undefined {
  const encoding = opened.model.card.preprocessing;
  if (!inputScale || !encoding) return encoding;
  const [, , channels] = imagePort(opened);
  const wrong = [inputScale.mean, inputScale.std].find(({ length }) => length !== 1 && length !== (channels ?? length));
  if (!wrong) return { ...encoding, ...inputScale };
  throw usage(`--input-scale has ${wrong.length} values, the model's input ${channels} channels`);
}

async function findOutput({ model }: OpenedModel, picture: Picture, flags: ModelFlags): Promise<OutputFacts> {
  const { input } = await import('@igos/autograd');
  const names = model.outputs.map((port) => port.name);
  const name = flags.output ?? names[0] ?? '';
  if (!names.includes(name)) {
    const nearest = nearestName(name, names);
    const guess = nearest ? `did you mean ${nearest}? It` : 'it';
    throw usage(`--output ${printable(name)}: the model has no such output; ${guess} has ${names.join(', ')}`);
  }
  const outputs = model.apply(input('images', [1, ...picture.input.shape]));
  const logits = model.logits(outputs, name);
  const size = outputs[name]?.shape.reduce((product, extent) => product * extent, 1) ?? 0;
  const labels = flags.labels === undefined ? model.card.labels : await readLabels(flags.labels, size);
  return { name, size, isSoftmax: logits?.shape.length === 2, labels: labels?.length === size ? labels : [] };
}

const longestLabelFile = 10_000_000; // bytes

/** Class names from a JSON list of strings or from the lines of a text; there have to be `count`. */
async function readLabels(path: string, count: number): Promise<readonly string[]> {
  const bytes = await readRegularFile(path, { maxBytes: longestLabelFile, exitCode: exitCodes.usage });
  const text = new TextDecoder().decode(bytes);
  const labels = text.trimStart().startsWith('[') ? parseList(text, path) : text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (labels.length === count) return labels;
  throw usage(`--labels ${printable(path)}: it has ${labels.length} names, the output ${count} values`);
}

function parseList(text: string, path: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((label) => typeof label === 'string')) return list;
  } catch {
    // told below, like a list of other things
  }
  throw usage(`--labels ${printable(path)}: needed is a JSON list of strings, or one name a line`);
}

/** The name of a value of the output; its number where it has none. */
export function labelOf({ labels }: OutputFacts, index: number): string {
  return labels[index] ?? String(index);
}

function usage(message: string): CliError {
  return new CliError(message, exitCodes.usage);
}
