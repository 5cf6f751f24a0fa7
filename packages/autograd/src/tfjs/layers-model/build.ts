import type { Tensor } from '../../graph/tensor.ts';
import { buildCall } from '../call.ts';
import { dependencyOrder } from '../dependency-order.ts';
import { quote } from '../json.ts';
import { checkLimit } from '../limits.ts';
import { ModelError } from '../model-error.ts';
import type { ResultBounds } from '../result-size.ts';
import { callKey, type LayerRef } from './inbound.ts';
import { LayerCall, type LayerSurroundings } from './layer-call.ts';
import { layerBuilders } from './layers/index.ts';
import type { Layer, LayerGraph } from './topology.ts';

export interface Surroundings extends LayerSurroundings, ResultBounds {
  /** Calls so far: nested models that call each other twice would grow without end. */
  readonly made: { calls: number };
  /** Collects the first output of each layer by its name, for whoever asks for one in the middle. */
  readonly found: Map<string, Tensor>;
}

/** Builds a model's outputs; a nested model is built in place at each of its calls. */
export function buildLayerGraph(graph: LayerGraph, inputs: readonly Tensor[], around: Surroundings): Tensor[] {
  if (inputs.length !== graph.inputs.length) {
    throw new ModelError(`model ${quote(graph.name)} needs ${graph.inputs.length} inputs, got ${inputs.length}`);
  }
  const values = new Map<string, readonly Tensor[]>(graph.inputs.map((ref, i) => [callKey(ref), [inputs[i]]]));
  const read = (ref: LayerRef): Tensor => {
    const tensor = values.get(callKey(ref))?.[ref.output];
    if (!tensor) throw new ModelError(`layer ${quote(ref.layer)} has no output ${ref.output}`);
    return tensor;
  };
  const order = dependencyOrder(graph.outputs.map(callKey), (key) => graph.calls.get(key)!.inputs.map(callKey));
  for (const key of order) {
    if (values.has(key)) continue;
    const { layer, inputs: refs } = graph.calls.get(key)!;
    const outputs = buildLayer(layer, refs.map(read), around);
    values.set(key, outputs);
    if (!around.found.has(layer.name)) around.found.set(layer.name, outputs[0]);
  }
  return graph.outputs.map(read);
}

function buildLayer(layer: Layer, inputs: readonly Tensor[], around: Surroundings): readonly Tensor[] {
  checkLimit(around.limits, 'nodes', [++around.made.calls, 'calls of layers']);
  if (layer.nested) return buildLayerGraph(layer.nested, inputs, { ...around, scope: [...around.scope, layer.name] });
  const build = layerBuilders.get(layer.className);
  if (!build) throw new ModelError(`${layer.where} is read, but is not among the inputs of its model`);
  return buildCall(new LayerCall(layer, inputs, around), build, around);
}
