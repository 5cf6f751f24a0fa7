import type { Tensor } from '../../graph/tensor.ts';
import { ShapeError } from '../../shape.ts';
import { dependencyOrder } from '../dependency-order.ts';
import { quote } from '../json.ts';
import type { ModelLimits } from '../limits.ts';
import { ModelError } from '../model-error.ts';
import { checkElements } from '../result-size.ts';
import type { LayerRef } from './inbound.ts';
import { LayerCall, type LayerSurroundings } from './layer-call.ts';
import { layerBuilders } from './layers/index.ts';
import type { Layer, LayerGraph } from './topology.ts';

export interface Surroundings extends LayerSurroundings {
  readonly limits: ModelLimits;
  readonly batch: number;
  /** Calls that may still be made: nested models that call each other twice would grow without end. */
  readonly budget: { calls: number };
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
  const calls = callsByKey(graph);
  const order = dependencyOrder(graph.outputs.map(callKey), (key) => calls.get(key)!.inputs.map(callKey));
  for (const key of order) {
    if (values.has(key)) continue;
    const { layer, inputs: refs } = calls.get(key)!;
    const outputs = buildCall(layer, refs.map(read), around);
    values.set(key, outputs);
    if (!around.found.has(layer.name)) around.found.set(layer.name, outputs[0]);
  }
  return graph.outputs.map(read);
}

function buildCall(layer: Layer, inputs: readonly Tensor[], around: Surroundings): readonly Tensor[] {
  if (--around.budget.calls < 0) {
    throw new ModelError(`layers are called more than ${around.limits.nodes} times (limits.nodes)`);
  }
  if (layer.nested) return buildLayerGraph(layer.nested, inputs, { ...around, scope: [...around.scope, layer.name] });
  const call = new LayerCall(layer, inputs, around);
  const build = layerBuilders.get(layer.className);
  if (!build) throw call.error('is an input that nothing is given to; the model does not list it among its inputs');
  try {
    const output = build(call);
    checkElements(output, around.batch, around.limits);
    return [output];
  } catch (cause) {
    if (cause instanceof ShapeError) throw call.error(`does not fit its inputs: ${cause.message}`, cause);
    throw cause;
  }
}

/** What tells the calls of all layers apart: the layer, and the number of a further call. */
function callKey({ layer, call }: Pick<LayerRef, 'layer' | 'call'>): string {
  return call === 0 ? layer : `${layer}#${call}`;
}

function callsByKey({ layers }: LayerGraph): Map<string, { layer: Layer; inputs: readonly LayerRef[] }> {
  const entries = [...layers.values()].flatMap((layer) =>
    layer.calls.map((inputs, call) => [callKey({ layer: layer.name, call }), { layer, inputs }] as const),
  );
  return new Map(entries);
}
