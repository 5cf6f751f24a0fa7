import { type CardPart, type ModelCard, type Preprocessing, readCard } from './card.ts';
import { type Json, parseJson, quote } from './json.ts';
import type { ModelLimits } from './limits.ts';
import { ModelError } from './model-error.ts';
import type { Network } from './network.ts';
import { MissingFileError, type ReadFile, readFileOf } from './read-file.ts';

/** What `userDefinedMetadata` says, as far as it is in our form. */
export function metadataCard(document: Json): CardPart {
  const metadata = document.at('userDefinedMetadata');
  return metadata.isObject ? readCard(metadata, { strict: false }) : {};
}

/** What the card file beside the model says; nothing where there is none. */
export async function fileCard(read: ReadFile, file: string, limits: ModelLimits): Promise<CardPart> {
  const bytes = await readIfPresent(read, file, limits);
  return bytes ? readCard(parseJson(bytes, file, limits), { strict: true }) : {};
}

async function readIfPresent(read: ReadFile, path: string, limits: ModelLimits): Promise<Uint8Array | undefined> {
  try {
    return await read(path, limits.jsonBytes);
  } catch (error) {
    if (error instanceof ModelError && !(error instanceof MissingFileError)) throw error;
    return undefined;
  }
}

interface CardParts {
  readonly metadata: CardPart;
  readonly file: CardPart;
  readonly flags: Partial<ModelCard>;
}

/** Flags win over the card file, the card file over the metadata; what nobody says about the input is guessed. */
export function mergeCards({ metadata, file, flags }: CardParts, network: Network): ModelCard {
  const source = flags.preprocessing
    ? 'flags'
    : file.preprocessing
      ? 'igos.json'
      : metadata.preprocessing
        ? 'metadata'
        : 'guess';
  const guess = guessPreprocessing(network);
  const merged = [metadata, file, flags].reduce<Partial<ModelCard>>((card, part) => {
    const renamed = part.labels !== undefined || part.labelsFile !== undefined;
    const { labels: _, labelsFile: __, ...others } = card;
    return { ...(renamed ? others : card), ...part };
  }, {});
  return { ...(guess ? { preprocessing: guess } : {}), ...merged, source };
}

/** The card with the names of the classes, where it says in which file they are. */
export async function readLabels(card: ModelCard, read: ReadFile, limits: ModelLimits): Promise<ModelCard> {
  const { labelsFile } = card;
  if (labelsFile === undefined || card.labels) return card;
  const bytes = await readFileOf(read, labelsFile, limits.jsonBytes);
  return { ...card, labels: parseLabels(bytes, labelsFile, limits) };
}

/** A JSON list of strings, or text with a name on each line. */
function parseLabels(bytes: Uint8Array, file: string, limits: ModelLimits): string[] {
  if (file.endsWith('.json')) {
    const list = parseJson(bytes, file, limits).list();
    return list.map((label) => label.string());
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.replace(/\r?\n$/, '').split(/\r?\n/);
  } catch (cause) {
    throw new ModelError(`the label file ${quote(file)} is not UTF-8 text`, { cause });
  }
}

/**
 * What is assumed of a picture model without a card: pixels scaled to 0..1, or left at 0..255 where the model scales
 * them itself. Undefined for inputs that are no pictures.
 */
function guessPreprocessing({ inputs, ops }: Network): Preprocessing | undefined {
  const [{ shape }] = inputs;
  const channels = shape[3];
  if (inputs.length !== 1 || shape.length !== 4 || (channels !== 1 && channels !== 3)) return undefined;
  const scalesItself = ops.has('Rescaling') || ops.has('Normalization');
  const channelOrder = channels === 1 ? 'grey' : 'rgb';
  return { channelOrder, mean: [0], std: [scalesItself ? 1 : 255], resize: 'bilinear' };
}
