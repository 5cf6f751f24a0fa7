import type { ModelCard } from './card.ts';
import { readGraphModel } from './graph-model/graph-model.ts';
import { Json, parseJson } from './json.ts';
import { readLayersModel } from './layers-model/layers-model.ts';
import { defaultLimits, type ModelLimits } from './limits.ts';
import { fileCard, mergeCards, metadataCard, readLabels } from './load-card.ts';
import { createModel, type Model } from './model.ts';
import { ModelError } from './model-error.ts';
import type { Network } from './network.ts';
import { type ReadFile, readFileOf } from './read-file.ts';
import { checkPath } from './safe-path.ts';
import { type ManifestEntry, readGroups, readManifest } from './weight-specs.ts';
import { WeightTable } from './weight-table.ts';
import { cutWeights, readPieces } from './weights.ts';

/** A model in memory, as TensorFlow.js' IO handlers pass it. Nothing in it is trusted. */
export interface ModelArtifacts {
  readonly modelTopology: unknown;
  /** The entries of the weights manifest, in the order of the data. */
  readonly weightSpecs: readonly unknown[];
  readonly weightData: ArrayBuffer | readonly ArrayBuffer[];
  readonly format?: string;
  readonly signature?: unknown;
  readonly userDefinedMetadata?: unknown;
}

export interface LoadOptions {
  /** The file to start from; weight files are relative to its folder. */
  readonly modelFile?: string;
  /** File with a card beside the model, read where it exists; false to not look for it. */
  readonly cardFile?: string | false;
  /** Overrides what the files say. */
  readonly card?: Partial<ModelCard>;
  readonly limits?: Partial<ModelLimits>;
  /** Accept weights that are NaN or infinite. */
  readonly allowNonFinite?: boolean;
}

/** A model's document, what it says of the weight data, and a reader of what it names. */
interface OpenedModel {
  readonly document: Json;
  readonly manifest: readonly ManifestEntry[];
  readonly read: ReadFile;
}

/**
 * Reads a TensorFlow.js model, layers-model or graph-model, from a folder or from memory.
 *
 * @throws ModelError for anything that is missing, damaged, unsafe or not supported
 */
export async function loadModel(source: ReadFile | ModelArtifacts, options: LoadOptions = {}): Promise<Model> {
  const { modelFile = 'model.json', cardFile = 'igos.json', allowNonFinite = false, card: flags = {} } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const isFolder = typeof source === 'function';
  const opened = isFolder ? await openFolder(source, modelFile, limits) : openArtifacts(source);
  const { document, manifest, read } = opened;
  const groups = readGroups(manifest, limits);
  const weights = new WeightTable();
  const network = readNetwork(document, weights, limits);
  const file = isFolder && cardFile ? await fileCard(read, checkPath(cardFile, 'cardFile'), limits) : {};
  const card = mergeCards({ metadata: metadataCard(document), file, flags }, network);
  const labelled = isFolder ? await readLabels(card, read, limits) : card;
  for (const group of groups) {
    weights.add(cutWeights(group, await readPieces(group, read), { allowNonFinite }));
  }
  return createModel({ network, weights, card: labelled });
}

/** Weight and label files stand beside the model file. */
async function openFolder(source: ReadFile, modelFile: string, limits: ModelLimits): Promise<OpenedModel> {
  const start = checkPath(modelFile, 'modelFile').lastIndexOf('/') + 1;
  const read: ReadFile = (path, maxBytes) => source(modelFile.slice(0, start) + path, maxBytes);
  const file = modelFile.slice(start);
  const document = parseJson(await readFileOf(read, file, limits.jsonBytes), file, limits);
  return { document, manifest: readManifest(document.at('weightsManifest')), read };
}

/** Weight data in memory is read as files are, by the name of its place. */
function openArtifacts(artifacts: ModelArtifacts): OpenedModel {
  const document = new Json(artifacts, 'the model artifacts:');
  const pieces = new Map(
    document
      .at('weightData')
      .items()
      .map(({ value, where }) => [where, value]),
  );
  return {
    document,
    manifest: [{ paths: [...pieces.keys()], weights: document.at('weightSpecs') }],
    read: async (path) => {
      const piece = pieces.get(path);
      if (piece instanceof ArrayBuffer) return new Uint8Array(piece);
      throw new ModelError(`${path} must be an ArrayBuffer, or a list of them`);
    },
  };
}

/** Some files do not name their format: a graph has nodes, layers have a class. */
function readNetwork(document: Json, weights: WeightTable, limits: ModelLimits): Network {
  const topology = document.at('modelTopology');
  if (topology.at('node').present) {
    const signature = document.at('userDefinedMetadata').at('signature').or(document.at('signature'));
    return readGraphModel({ topology, signature, weights, limits });
  }
  if (topology.at('model_config').present || topology.at('class_name').present) {
    return readLayersModel({ topology, weights, limits });
  }
  throw topology.error('a list "node" (graph-model) or a "model_config" (layers-model)');
}
