import { type Json, quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import { type LayerRef, readCalls, readRefs } from './inbound.ts';

/** A layer of a Keras model. One that is called several times shares its weights among the calls. */
export interface Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
  /** The inputs of each call; an input layer has one call without inputs. */
  readonly calls: readonly (readonly LayerRef[])[];
  /** The model that this layer is, when models are nested. */
  readonly nested?: LayerGraph;
}

type UncalledLayer = Omit<Layer, 'calls'>;

/** A Sequential or Functional model: its layers, and which of their outputs go in and out. */
export interface LayerGraph {
  readonly name: string;
  readonly layers: ReadonlyMap<string, Layer>;
  readonly inputs: readonly LayerRef[];
  readonly outputs: readonly LayerRef[];
}

const modelClasses = new Set(['Sequential', 'Functional', 'Model']);
const deepestNesting = 16;

/** Reads `{ class_name, config }` of a model, with the models nested in it. */
export function readLayerGraph(model: Json, depth = 0): LayerGraph {
  if (depth > deepestNesting) throw new ModelError(`models are nested deeper than ${deepestNesting} levels`);
  const className = model.at('class_name').string();
  if (!modelClasses.has(className)) {
    throw new ModelError(`the model is a ${quote(className)}; readable are Sequential and Functional models`);
  }
  const graph = className === 'Sequential' ? readSequential(model, depth) : readFunctional(model, depth);
  checkRefs(graph);
  return graph;
}

function readFunctional(model: Json, depth: number): LayerGraph {
  const config = model.at('config');
  const layers = new Map<string, Layer>();
  for (const entry of config.at('layers').list()) {
    const name = (entry.at('name').present ? entry : entry.at('config')).at('name');
    addLayer(layers, readLayer(entry, name, depth), readCalls(entry.at('inbound_nodes')));
  }
  const inputs = readRefs(config.at('input_layers'));
  const outputs = readRefs(config.at('output_layers'));
  return { name: config.at('name').string('model'), layers: countCallsFromOne(layers, outputs), inputs, outputs };
}

/** Older files have the list of layers itself as the config. A missing input layer is put in front. */
function readSequential(model: Json, depth: number): LayerGraph {
  const config = model.at('config');
  const entries = (config.isList ? config : config.at('layers')).list();
  if (entries.length === 0) throw new ModelError('the Sequential model has no layers');
  const layers = new Map<string, Layer>();
  let previous: LayerRef | undefined;
  for (const entry of entries) {
    const layer = readLayer(entry, entry.at('config').at('name'), depth);
    if (!previous && layer.className !== 'InputLayer') {
      const name = `${layer.name}_input`;
      addLayer(layers, { name, className: 'InputLayer', config: inputConfig(layer, config) }, []);
      previous = { layer: name, call: 0, output: 0 };
    }
    addLayer(layers, layer, previous ? [[previous]] : []);
    previous = { layer: layer.name, call: 0, output: 0 };
  }
  const [first] = layers.keys();
  const name = config.isList ? 'sequential' : config.at('name').string('sequential');
  return { name, layers, inputs: [{ layer: first, call: 0, output: 0 }], outputs: [previous!] };
}

/** Where a Sequential model without input layer says its input shape: in its first layer, or where it was built. */
function inputConfig(first: UncalledLayer, sequential: Json): Json {
  const innerInput = first.nested?.layers.get(first.nested.inputs[0].layer);
  const candidates = [first.config, ...(innerInput ? [innerInput.config] : []), sequential];
  return candidates.find((config) => batchShape(config).present) ?? first.config;
}

/** The shape of an input layer, batch first, under the name that this version of Keras gives it. */
export function batchShape(config: Json): Json {
  const names = ['batch_shape', 'batch_input_shape', 'build_input_shape'];
  return config.at(names.find((name) => config.at(name).present) ?? names[0]);
}

function readLayer(entry: Json, name: Json, depth: number): UncalledLayer {
  const className = entry.at('class_name').string();
  const layer = { name: name.string(), className, config: entry.at('config') };
  if (layer.name === '__proto__') throw name.error('a name that is no JavaScript internal');
  return modelClasses.has(className) ? { ...layer, nested: readLayerGraph(entry, depth + 1) } : layer;
}

function addLayer(layers: Map<string, Layer>, layer: UncalledLayer, calls: Layer['calls']): void {
  if (layers.has(layer.name)) throw new ModelError(`two layers are called ${quote(layer.name)}; names must be unique`);
  layers.set(layer.name, { ...layer, calls: layer.className === 'InputLayer' ? [[]] : calls });
}

/**
 * Keras counts the making of a nested model as its call 0, which is not in the file. Where nothing refers to call 0 of
 * a nested model, its calls are given a place holder in front, so that references fit.
 */
function countCallsFromOne(layers: ReadonlyMap<string, Layer>, outputs: readonly LayerRef[]): Map<string, Layer> {
  const refs = [...outputs, ...[...layers.values()].flatMap(({ calls }) => calls.flat())];
  const usesFirst = new Set(refs.filter(({ call }) => call === 0).map(({ layer }) => layer));
  return new Map(
    [...layers].map(([name, layer]) => {
      const shifted = layer.nested !== undefined && !usesFirst.has(name);
      return [name, shifted ? { ...layer, calls: [[], ...layer.calls] } : layer];
    }),
  );
}

function checkRefs({ name, layers, inputs, outputs }: LayerGraph): void {
  const refs = [...inputs, ...outputs, ...[...layers.values()].flatMap(({ calls }) => calls.flat())];
  for (const { layer, call } of refs) {
    if (layers.get(layer)?.calls[call]) continue;
    throw new ModelError(
      `model ${quote(name)} refers to call ${call} of layer ${quote(layer)}, which it does not have`,
    );
  }
  if (inputs.length === 0 || outputs.length === 0)
    throw new ModelError(`model ${quote(name)} has no input or no output`);
  const notInput = inputs.find(({ layer }) => layers.get(layer)!.className !== 'InputLayer');
  if (notInput)
    throw new ModelError(`model ${quote(name)} names ${quote(notInput.layer)} as input, which is no input layer`);
}
