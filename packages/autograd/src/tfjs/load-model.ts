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
import { checkTotals, readManifest, readSpecs } from './weight-specs.ts';
import { WeightTable } from './weight-table.ts';
import { cutWeights, loadGroup } from './weights.ts';

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

/**
 * Reads a TensorFlow.js model, layers-model or graph-model, from a folder or from memory.
 *
 * @throws ModelError for anything that is missing, damaged, unsafe or not supported
 */
export async function loadModel(source: ReadFile | ModelArtifacts, options: LoadOptions = {}): Promise<Model> {
  const limits = { ...defaultLimits, ...options.limits };
  return typeof source === 'function' ? loadFiles(source, options, limits) : loadArtifacts(source, options, limits);
}

async function loadFiles(source: ReadFile, options: LoadOptions, limits: ModelLimits): Promise<Model> {
  const modelFile = checkPath(options.modelFile ?? 'model.json', 'modelFile');
  const read = inFolderOf(modelFile, source);
  const file = modelFile.slice(modelFile.lastIndexOf('/') + 1);
  const document = parseJson(await readFileOf(read, file, limits.jsonBytes), file, limits);
  const groups = readManifest(document.at('weightsManifest'), limits);
  const weights = new WeightTable();
  const network = readNetwork(document, weights, limits);
  const cardFile = options.cardFile ?? 'igos.json';
  const beside = cardFile === false ? {} : await fileCard(read, checkPath(cardFile, 'cardFile'), limits);
  const card = mergeCards({ metadata: metadataCard(document), file: beside, flags: options.card ?? {} }, network);
  const labelled = await readLabels(card, read, limits);
  for (const group of groups) {
    weights.add(await loadGroup(group, read, { allowNonFinite: options.allowNonFinite ?? false }));
  }
  return createModel({ network, weights, card: labelled });
}

function loadArtifacts(artifacts: ModelArtifacts, options: LoadOptions, limits: ModelLimits): Model {
  const document = new Json(artifacts, 'the model artifacts:');
  const group = { paths: [], ...readSpecs(document.at('weightSpecs'), limits) };
  checkTotals([group], limits);
  const weights = new WeightTable();
  const network = readNetwork(document, weights, limits);
  const { weightData } = artifacts;
  const pieces = (Array.isArray(weightData) ? weightData : [weightData]).map((data: unknown) => {
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    throw new ModelError('the model artifacts need weightData as an ArrayBuffer or a list of them');
  });
  weights.add(cutWeights(group, pieces, { allowNonFinite: options.allowNonFinite ?? false }));
  const card = mergeCards({ metadata: metadataCard(document), file: {}, flags: options.card ?? {} }, network);
  return createModel({ network, weights, card });
}

/** Weight and label files stand beside the model file. */
function inFolderOf(modelFile: string, read: ReadFile): ReadFile {
  const folder = modelFile.slice(0, modelFile.lastIndexOf('/') + 1);
  return (path, maxBytes) => read(folder + path, maxBytes);
}

/** Some files do not name their format: a graph has nodes, layers have a class. */
function readNetwork(document: Json, weights: WeightTable, limits: ModelLimits): Network {
  const topology = document.at('modelTopology');
  if (!topology.isObject) throw topology.error('the topology of a layers-model or a graph-model');
  if (topology.at('node').present) {
    const inMetadata = document.at('userDefinedMetadata').at('signature');
    const signature = inMetadata.present ? inMetadata : document.at('signature');
    return readGraphModel({ topology, signature, weights, limits });
  }
  if (topology.at('model_config').present || topology.at('class_name').present) {
    return readLayersModel({ topology, weights, limits });
  }
  throw topology.error('a list "node" (graph-model) or a "model_config" (layers-model)');
}
