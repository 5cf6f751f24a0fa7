import type { Json } from './json.ts';
import { ModelError } from './model-error.ts';
import { checkPath } from './safe-path.ts';

/** How pixels become the model's input. */
export interface Preprocessing {
  /** Rows, columns and channels of the input. */
  readonly inputShape?: readonly number[];
  readonly channelOrder: 'rgb' | 'bgr' | 'grey';
  /** The input is (pixel − mean) / std for pixels from 0 to 255; one value, or one for each channel. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly resize: 'bicubic' | 'bilinear' | 'nearest';
  /** Side of the centre square that is used, as a fraction of the picture's shorter side. */
  readonly centerCropFraction?: number;
}

/** What a model file does not say by itself. */
export interface ModelCard {
  readonly name?: string;
  readonly task?: string;
  /** Names of the classes, in the order of the output. */
  readonly labels?: readonly string[];
  /** File beside the model with those names: a JSON list, or a line each. */
  readonly labelsFile?: string;
  /** Node or layer that gives the logits. */
  readonly logitsNode?: string;
  readonly preprocessing?: Preprocessing;
  /** Where the preprocessing is from. */
  readonly source: 'metadata' | 'igos.json' | 'flags' | 'guess';
}

/** What one source of a card says. */
export type CardPart = Partial<Omit<ModelCard, 'source'>>;

const cardKeys = new Set(['name', 'task', 'labels', 'logitsNode', 'preprocessing', 'version', '$schema']);
const preprocessingKeys = new Set([
  'inputShape',
  'channelOrder',
  'pixelRange',
  'mean',
  'std',
  'resize',
  'centerCropFraction',
]);

/**
 * Reads `igos.json`, or `userDefinedMetadata` of a model file in the same form. A file of our own has no other keys,
 * so that a misspelt one is found; metadata may hold anything else beside them.
 */
export function readCard(json: Json, { strict }: { readonly strict: boolean }): CardPart {
  if (strict) checkKeys(json, cardKeys);
  const labels = json.at('labels');
  const preprocessing = json.at('preprocessing');
  return {
    ...optional('name', json.at('name')),
    ...optional('task', json.at('task')),
    ...optional('logitsNode', json.at('logitsNode')),
    ...(labels.isList ? { labels: labels.list().map((label) => label.string()) } : {}),
    ...(labels.present && !labels.isList ? { labelsFile: checkPath(labels.string(), labels.where) } : {}),
    ...(preprocessing.present ? { preprocessing: readPreprocessing(preprocessing, strict) } : {}),
  };
}

function optional<K extends string>(key: K, value: Json): { [P in K]?: string } {
  return value.present ? ({ [key]: value.string() } as { [P in K]?: string }) : {};
}

function checkKeys(json: Json, known: ReadonlySet<string>): void {
  const strange = json.entries().find(([key]) => !known.has(key));
  if (strange) throw new ModelError(`${strange[1].where} is not known; known are ${[...known].join(', ')}`);
}

function readPreprocessing(json: Json, strict: boolean): Preprocessing {
  if (strict) checkKeys(json, preprocessingKeys);
  const shape = json.at('inputShape');
  const crop = json.at('centerCropFraction');
  if (crop.present && !(crop.number() > 0 && crop.number() <= 1)) throw crop.error('a fraction above 0, up to 1');
  const [low, high] = readPixelRange(json.at('pixelRange'));
  const unit = (high - low) / 255;
  const mean = numbers(json.at('mean')).map((value) => (value - low) / unit);
  const std = numbers(json.at('std')).map((value) => value / unit);
  if (std.includes(0)) throw json.at('std').error('numbers other than 0');
  return {
    ...(shape.present ? { inputShape: readImageShape(shape) } : {}),
    channelOrder: choice(json.at('channelOrder'), { rgb: 'rgb', bgr: 'bgr', grey: 'grey', gray: 'grey' }, 'rgb'),
    mean,
    std,
    resize: choice(json.at('resize'), { bicubic: 'bicubic', bilinear: 'bilinear', nearest: 'nearest' }, 'bilinear'),
    ...(crop.present ? { centerCropFraction: crop.number() } : {}),
  };
}

function numbers(json: Json): number[] {
  const values = json.isList ? json.list().map((value) => value.number()) : [json.number()];
  if (values.length === 0) throw json.error('a number, or one for each channel');
  return values;
}

/** The range of pixel values that mean and std are meant for; 0 to 255 by default. */
function readPixelRange(json: Json): [number, number] {
  if (!json.present) return [0, 255];
  const [low, high] = numbers(json);
  if (!(high > low)) throw json.error('[lowest, highest]');
  return [low, high];
}

function readImageShape(json: Json): number[] {
  const shape = json.integers();
  if (shape.length !== 3 || shape.some((extent) => extent < 1)) throw json.error('[rows, columns, channels]');
  return shape;
}

function choice<T extends string>(json: Json, choices: Readonly<Record<string, T>>, fallback: T): T {
  if (!json.present) return fallback;
  const name = json.string();
  if (Object.hasOwn(choices, name)) return choices[name];
  throw json.error(`one of ${Object.keys(choices).join(', ')}`);
}
