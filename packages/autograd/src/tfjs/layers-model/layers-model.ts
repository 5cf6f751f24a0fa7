import type { Tensor } from '../../graph/tensor.ts';
import { type Json, quote } from '../json.ts';
import type { ModelLimits } from '../limits.ts';
import { ModelError } from '../model-error.ts';
import type { BuiltNetwork, Network, Port } from '../network.ts';
import { batchOf } from '../result-size.ts';
import type { WeightTable } from '../weight-table.ts';
import { isActivation, readActivation } from './activations.ts';
import { buildLayerGraph } from './build.ts';
import type { Dialect } from './layer-call.ts';
import { LayerWeights } from './layer-weights.ts';
import { layerBuilders } from './layers/index.ts';
import { batchShape, type Layer, type LayerGraph, readLayerGraph } from './topology.ts';

export interface LayersModelParts {
  /** `modelTopology`, with or without `model_config` around the model. */
  readonly topology: Json;
  readonly weights: WeightTable;
  readonly limits: ModelLimits;
}

/**
 * Reads a layers model: a Keras 2 or Keras 3 model, Sequential or Functional, as `tensorflowjs_converter` or
 * TensorFlow.js itself writes it.
 *
 * @throws ModelError for references to no layer, or layers that are not known, all of them at once
 */
export function readLayersModel({ topology, weights, limits }: LayersModelParts): Network {
  const model = topology.at('model_config').present ? topology.at('model_config') : topology;
  const graph = readLayerGraph(model);
  const layers = allLayers(graph);
  checkLayers(layers);
  const dialect = readDialect(topology.at('keras_version').string(''));
  const names = outputNames(graph);

  const build = (given: ReadonlyMap<string, Tensor>): BuiltNetwork => {
    const found = new Map<string, Tensor>();
    const inputs = graph.inputs.map(({ layer }) => given.get(layer)!);
    const outputs = buildLayerGraph(graph, inputs, {
      weights: new LayerWeights(weights),
      dialect,
      limits,
      batch: batchOf(inputs),
      scope: [graph.name],
      budget: { calls: limits.nodes },
      found,
    });
    return { outputs: new Map(outputs.map((tensor, i) => [names[i], tensor])), find: (name) => found.get(name) };
  };
  return {
    format: 'layers-model',
    name: graph.name,
    inputs: graph.inputs.map(({ layer }) => ({ name: layer, shape: readBatchShape(graph.layers.get(layer)!) })),
    outputs: names.map((name): Port => ({ name, shape: [] })),
    ops: countLayers(layers),
    build,
  };
}

function allLayers(graph: LayerGraph): Layer[] {
  return [...graph.layers.values()].flatMap((layer) => (layer.nested ? allLayers(layer.nested) : [layer]));
}

/** Lists everything that cannot be read in one error, with a layer each to find it by. */
function checkLayers(layers: readonly Layer[]): void {
  const unknown = new Map<string, string>();
  for (const { name, className, config } of layers) {
    if (className === 'InputLayer') continue;
    if (!layerBuilders.has(className)) unknown.set(`class ${quote(className)}`, name);
    else if (!isActivation(readActivation(config))) unknown.set(`activation ${quote(readActivation(config))}`, name);
  }
  if (unknown.size === 0) return;
  const list = [...unknown].map(([what, layer]) => `${what} (layer ${quote(layer)})`);
  throw new ModelError(`the model uses layers that are not supported: ${list.join(', ')}`);
}

function readDialect(kerasVersion: string): Dialect {
  return { keras3: /^[3-9]\./.test(kerasVersion), tfjsLayers: kerasVersion.startsWith('tfjs') };
}

function readBatchShape(layer: Layer): (number | null)[] {
  const shape = batchShape(layer.config);
  if (!shape.present) return [];
  return shape.list().map((extent) => {
    if (!extent.present) return null;
    const value = extent.integer();
    if (value < 0) throw extent.error('an extent of at least 0');
    return value;
  });
}

/** Outputs are called after their layers; where a layer gives several, the further ones get a number behind. */
function outputNames(graph: LayerGraph): string[] {
  const taken = new Set<string>();
  return graph.outputs.map(({ layer }) => {
    let name = layer;
    for (let further = 1; taken.has(name); further++) name = `${layer}_${further}`;
    taken.add(name);
    return name;
  });
}

function countLayers(layers: readonly Layer[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { className } of layers) {
    if (className !== 'InputLayer') counts.set(className, (counts.get(className) ?? 0) + 1);
  }
  return counts;
}
