import type { Tensor } from '../../graph/tensor.ts';
import { type Json, quote } from '../json.ts';
import type { ModelLimits } from '../limits.ts';
import type { BuiltNetwork, Network, Port } from '../network.ts';
import { batchOf } from '../result-size.ts';
import { checkSupported, countUses } from '../unsupported.ts';
import type { WeightTable } from '../weight-table.ts';
import { activations, readActivation } from './activations.ts';
import { buildLayerGraph } from './build.ts';
import { callKey, type LayerRef } from './inbound.ts';
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
  const model = topology.at('model_config');
  const graph = readLayerGraph(model.present ? model : topology);
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
      made: { calls: 0 },
      found,
    });
    return { outputs: new Map(outputs.map((tensor, i) => [names[i], tensor])), find: (name) => found.get(name) };
  };
  return {
    format: 'layers-model',
    name: graph.name,
    inputs: graph.inputs.map((ref) => toPort(graph, ref)),
    outputs: names.map((name) => ({ name, shape: [] })),
    ops: countUses(
      layers.map(({ className }) => className),
      layerBuilders,
    ),
    build,
  };
}

function allLayers(graph: LayerGraph): Layer[] {
  return graph.layers.flatMap((layer) => (layer.nested ? allLayers(layer.nested) : [layer]));
}

function checkLayers(layers: readonly Layer[]): void {
  const unsupported = new Map<string, string>();
  for (const { className, where, config } of layers) {
    if (className === 'InputLayer') continue;
    const activation = readActivation(config.at('activation'));
    if (!layerBuilders.has(className)) unsupported.set(className, where);
    else if (!activations.has(activation)) unsupported.set(`with ${activation}`, `${where} with ${quote(activation)}`);
  }
  checkSupported(unsupported);
}

function readDialect(kerasVersion: string): Dialect {
  return { keras3: /^[3-9]\./.test(kerasVersion), tfjsLayers: kerasVersion.startsWith('tfjs') };
}

function toPort({ calls }: LayerGraph, ref: LayerRef): Port {
  const shape = batchShape(calls.get(callKey(ref))!.layer.config).list([]);
  return { name: ref.layer, shape: shape.map((extent) => (extent.present ? extent.count() : null)) };
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
