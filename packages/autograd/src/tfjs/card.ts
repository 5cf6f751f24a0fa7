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

/** What one source of a card says; labels that are a string are the file with them. */
export interface CardPart extends Partial<Omit<ModelCard, 'source' | 'labels' | 'labelsFile'>> {
  readonly labels?: readonly string[] | string;
}

/** Reads a field that may be absent; undefined leaves it out. */
type FieldReader<T> = (value: Json, strict: boolean) => T | undefined;
type FieldReaders<T> = { readonly [K in keyof T]-?: FieldReader<T[K]> };

const ignored: FieldReader<never> = () => undefined;

/** Reads a field by `read` where it is present. */
function optional<T>(read: FieldReader<T>): FieldReader<T> {
  return (value, strict) => (value.present ? read(value, strict) : undefined);
}

const cardFields: FieldReaders<CardPart & { version?: never; $schema?: never }> = {
  name: optional((value) => value.string()),
  task: optional((value) => value.string()),
  labels: optional((value) => {
    return value.isList ? value.list().map((label) => label.string()) : checkPath(value.string(), value.where);
  }),
  logitsNode: optional((value) => value.string()),
  preprocessing: optional(readPreprocessing),
  version: ignored,
  $schema: ignored,
};

const preprocessingFields: FieldReaders<Preprocessing & { pixelRange?: never }> = {
  inputShape: optional((value) => {
    const shape = value.integers();
    if (shape.length !== 3 || shape.some((extent) => extent < 1)) throw value.error('[rows, columns, channels]');
    return shape;
  }),
  channelOrder: (value) => {
    const order = value.oneOf(['rgb', 'bgr', 'grey', 'gray'], 'rgb');
    return order === 'gray' ? 'grey' : order;
  },
  pixelRange: ignored,
  mean: readNumbers,
  std: readNumbers,
  resize: (value) => value.oneOf(['bicubic', 'bilinear', 'nearest'], 'bilinear'),
  centerCropFraction: optional((value) => {
    const fraction = value.number();
    if (fraction > 0 && fraction <= 1) return fraction;
    throw value.error('a fraction above 0, up to 1');
  }),
};

/**
 * Reads `igos.json`, or `userDefinedMetadata` of a model file in the same form. A file of our own has no other keys,
 * so that a misspelt one is found; metadata may hold anything else beside them.
 */
export function readCard(json: Json, { strict }: { readonly strict: boolean }): CardPart {
  return readFields(json, cardFields, strict);
}

function readFields<T>(json: Json, readers: FieldReaders<T>, strict: boolean): T {
  const known = Object.keys(readers) as (keyof T & string)[];
  const strange = strict && json.entries().find(([key]) => !Object.hasOwn(readers, key));
  if (strange) throw new ModelError(`${strange[1].where} is not known; known are ${known.join(', ')}`);
  const values = known.map((key) => [key, readers[key](json.at(key), strict)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Mean and std are brought to pixels from 0 to 255 where they are meant for another range. */
function readPreprocessing(json: Json, strict: boolean): Preprocessing {
  const { mean, std, ...others } = readFields(json, preprocessingFields, strict);
  const range = json.at('pixelRange');
  const [low, high] = range.present ? readNumbers(range) : [0, 255];
  if (!(high > low)) throw range.error('[lowest, highest]');
  if (std.includes(0)) throw json.at('std').error('numbers other than 0');
  const unit = (high - low) / 255;
  return { ...others, mean: mean.map((value) => (value - low) / unit), std: std.map((value) => value / unit) };
}

function readNumbers(json: Json): number[] {
  const values = json.items().map((value) => value.number());
  if (values.length === 0) throw json.error('a number, or one for each channel');
  return values;
}
