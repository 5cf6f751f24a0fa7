import type { Json } from '../json.ts';
import type { ModelLimits } from '../limits.ts';
import type { Network } from '../network.ts';
import { createNetwork, type Step } from '../steps.ts';
import type { WeightTable } from '../weight-table.ts';
import type { LayerRef } from './inbound.ts';
import type { Dialect } from './layer-call.ts';
import { addSteps, stepRef } from './layer-steps.ts';
import { LayerWeights } from './layer-weights.ts';
import { layerBuilders } from './layers/index.ts';
import { readLayerGraph } from './topology.ts';

export interface LayersModelParts {
  /** `modelTopology`, with or without `model_config` around the model. */
  readonly topology: Json;
  readonly weights: WeightTable;
  readonly limits: ModelLimits;
}

/**
 * Reads a layers model: a Keras 2 or Keras 3 model, Sequential or Functional, as `tensorflowjs_converter` or
 * TensorFlow.js itself writes it.
 */
export function readLayersModel({ topology, weights, limits }: LayersModelParts): Network {
  const graph = readLayerGraph(topology.at('model_config').or(topology));
  const dialect = readDialect(topology.at('keras_version').string(''));
  const steps = new Map<string, Step>();
  const found = new LayerWeights(weights);
  addSteps(graph, { steps, limits, dialect, weights: found, scope: [graph.name], prefix: '' });
  return createNetwork({
    format: 'layers-model',
    name: graph.name,
    steps,
    inputs: graph.inputs.map((ref) => ({ name: ref.layer, ...stepRef('', ref) })),
    outputs: outputNames(graph.outputs).map((name, i) => ({ name, ...stepRef('', graph.outputs[i]) })),
    table: layerBuilders,
    limits,
  });
}

function readDialect(kerasVersion: string): Dialect {
  return { keras3: /^[3-9]\./.test(kerasVersion), tfjsLayers: kerasVersion.startsWith('tfjs') };
}

/** Outputs are called after their layers; where a layer gives several, the further ones get a number behind. */
function outputNames(outputs: readonly LayerRef[]): string[] {
  const taken = new Set<string>();
  return outputs.map(({ layer }) => {
    let name = layer;
    for (let further = 1; taken.has(name); further++) name = `${layer}_${further}`;
    taken.add(name);
    return name;
  });
}
