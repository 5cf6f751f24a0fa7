import { Json, quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import { checkNames } from '../names.ts';
import { callKey, type LayerRef, readRefs } from './inbound.ts';

/** A layer of a Keras model. One that is called several times shares its weights among the calls. */
export interface Layer {
  readonly name: string;
  readonly className: string;
  /** As in `layer "conv1" ("Conv2D")`. */
  readonly where: string;
  readonly config: Json;
  /** The model that this layer is, when models are nested. */
  readonly nested?: LayerGraph;
}

/** A layer and the inputs of one of its calls; the call of an input layer has none. */
export interface UsedLayer {
  readonly layer: Layer;
  readonly inputs: readonly LayerRef[];
}

/** A Sequential or Functional model: its layers, their calls by `callKey`, and which outputs go in and out. */
export interface LayerGraph {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly calls: ReadonlyMap<string, UsedLayer>;
  readonly inputs: readonly LayerRef[];
  readonly outputs: readonly LayerRef[];
}

const modelClasses = ['Sequential', 'Functional', 'Model'] as const;
const deepestNesting = 16;

/** Reads `{ class_name, config }` of a model, with the models nested in it. */
export function readLayerGraph(model: Json, depth = 0): LayerGraph {
  if (depth > deepestNesting) throw new ModelError(`models are nested deeper than ${deepestNesting} levels`);
  const className = model.at('class_name').oneOf(modelClasses);
  return className === 'Sequential' ? readSequential(model, depth) : readFunctional(model, depth);
}

function readFunctional(model: Json, depth: number): LayerGraph {
  const config = model.at('config');
  const entries = config.at('layers').list();
  return connect({
    name: config.at('name').string('model'),
    layers: entries.map((entry) => readLayer(entry, depth)),
    calls: entries.map((entry) =>
      entry
        .at('inbound_nodes')
        .list([])
        .map((node) => readRefs(node)),
    ),
    inputs: readRefs(config.at('input_layers')),
    outputs: readRefs(config.at('output_layers')),
  });
}

/** Older files have the list of layers itself as the config. A missing input layer is put in front. */
function readSequential(model: Json, depth: number): LayerGraph {
  const config = model.at('config');
  const layers = (config.isList ? config : config.at('layers')).list().map((entry) => readLayer(entry, depth));
  const [first] = layers;
  if (first && first.className !== 'InputLayer') layers.unshift(inputBefore(first, config));
  const refs = layers.map(({ name }) => ({ layer: name, call: 0, output: 0 }));
  return connect({
    name: config.at('name').string('sequential'),
    layers,
    calls: refs.map((_, i) => [refs.slice(0, i).slice(-1)]),
    inputs: refs.slice(0, 1),
    outputs: refs.slice(-1),
  });
}

/** The input layer of a Sequential model without one: its first layer has the shape, or the model where it was built. */
function inputBefore(first: Layer, sequential: Json): Layer {
  const innerInputs = first.nested?.layers.slice(0, 1) ?? [];
  const configs = [first.config, ...innerInputs.map(({ config }) => config), sequential];
  const config = configs.find((candidate) => batchShape(candidate).present) ?? first.config;
  return { name: `${first.name}_input`, className: 'InputLayer', where: first.where, config };
}

/** The shape of an input layer, batch first, under the name that this version of Keras gives it. */
export function batchShape(config: Json): Json {
  const names = ['batch_shape', 'batch_input_shape', 'build_input_shape'];
  return config.at(names.find((name) => config.at(name).present) ?? names[0]);
}

function readLayer(entry: Json, depth: number): Layer {
  const name = (entry.at('name').present ? entry : entry.at('config')).at('name').string();
  const className = entry.at('class_name').string();
  const where = `layer ${quote(name)} (${quote(className)})`;
  const isModel = modelClasses.some((known) => known === className);
  return {
    ...{ name, className, where },
    config: new Json(entry.at('config').value, `${where}:`),
    ...(isModel && { nested: readLayerGraph(entry, depth + 1) }),
  };
}

interface Connections extends Omit<LayerGraph, 'calls'> {
  /** The inputs of each call of each layer. */
  readonly calls: readonly (readonly (readonly LayerRef[])[])[];
}

/**
 * Keras counts the making of a nested model as its call 0, which is not in the file: where nothing refers to call 0 of
 * a nested model, its first call is call 1.
 */
function connect({ calls: callsOfLayers, ...graph }: Connections): LayerGraph {
  const { name, layers, inputs, outputs } = graph;
  checkNames(
    layers.map((layer) => layer.name),
    'layers',
  );
  const refs = [...inputs, ...outputs, ...callsOfLayers.flat(2)];
  const calledFirst = new Set(refs.filter(({ call }) => call === 0).map(({ layer }) => layer));
  const calls = new Map<string, UsedLayer>();
  layers.forEach((layer, i) => {
    const first = layer.nested && !calledFirst.has(layer.name) ? 1 : 0;
    const inputsOfCalls = layer.className === 'InputLayer' ? [[]] : callsOfLayers[i];
    inputsOfCalls.forEach((inputs, call) => {
      calls.set(callKey({ layer: layer.name, call: first + call }), { layer, inputs });
    });
  });
  for (const ref of refs) {
    if (calls.has(callKey(ref))) continue;
    throw new ModelError(
      `model ${quote(name)} refers to call ${ref.call} of layer ${quote(ref.layer)}, which it does not have`,
    );
  }
  const isInput = (ref: LayerRef) => calls.get(callKey(ref))!.layer.className === 'InputLayer';
  if (inputs.length === 0 || outputs.length === 0 || !inputs.every(isInput)) {
    throw new ModelError(`model ${quote(name)} has no output, or no input that is an input layer`);
  }
  return { ...graph, calls };
}
