import { type CardPart, type ModelCard, type Preprocessing, readCard } from './card.ts';
import { decodeText, type Json, parseJson } from './json.ts';
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
  let bytes: Uint8Array;
  try {
    bytes = await read(file, limits.jsonBytes);
  } catch (error) {
    if (error instanceof ModelError && !(error instanceof MissingFileError)) throw error;
    return {};
  }
  return readCard(parseJson(bytes, file, limits), { strict: true });
}

interface CardParts {
  readonly metadata: CardPart;
  readonly file: CardPart;
  readonly flags: Partial<ModelCard>;
}

/** Flags win over the card file, the card file over the metadata; what nobody says about the input is guessed. */
export function mergeCards({ metadata, file, flags }: CardParts, network: Network): ModelCard {
  const { labelsFile, ...others } = flags;
  const parts: [ModelCard['source'], CardPart][] = [
    ['metadata', metadata],
    ['igos.json', file],
    ['flags', { ...(labelsFile !== undefined && { labels: labelsFile }), ...others }],
  ];
  const guess = guessPreprocessing(network);
  let merged: CardPart & Pick<ModelCard, 'source'> = { ...(guess && { preprocessing: guess }), source: 'guess' };
  for (const [source, part] of parts) merged = { ...merged, ...part, ...(part.preprocessing && { source }) };
  const { labels, ...card } = merged;
  return { ...card, ...(typeof labels === 'string' ? { labelsFile: labels } : labels && { labels }) };
}

/** The card with the names of the classes, where it says in which file they are: a JSON list, or a name on each line. */
export async function readLabels(card: ModelCard, read: ReadFile, limits: ModelLimits): Promise<ModelCard> {
  const { labelsFile } = card;
  if (labelsFile === undefined) return card;
  const bytes = await readFileOf(read, labelsFile, limits.jsonBytes);
  const labels = labelsFile.endsWith('.json')
    ? parseJson(bytes, labelsFile, limits)
        .list()
        .map((label) => label.string())
    : decodeText(bytes, labelsFile)
        .replace(/\r?\n$/, '')
        .split(/\r?\n/);
  return { ...card, labels };
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
