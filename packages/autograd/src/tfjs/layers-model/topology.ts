import { Json, quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import { checkNames } from '../names.ts';
import { type LayerRef, readRefs } from './inbound.ts';

/** A layer of a Keras model. One that is called several times shares its weights among the calls. */
export interface Layer {
  readonly name: string;
  readonly className: string;
  /** As in `layer "conv1" ("Conv2D")`. */
  readonly where: string;
  readonly config: Json;
  /** The inputs of each call; an input layer has one call without inputs. */
  readonly calls: readonly (readonly LayerRef[])[];
  /** The model that this layer is, when models are nested. */
  readonly nested?: LayerGraph;
}

/** A Sequential or Functional model: its layers, and which of their outputs go in and out. */
export interface LayerGraph {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly inputs: readonly LayerRef[];
  readonly outputs: readonly LayerRef[];
}

const modelClasses = ['Sequential', 'Functional', 'Model'] as const;
const deepestNesting = 16;

/** Reads `{ class_name, config }` of a model, with the models nested in it. */
export function readLayerGraph(model: Json, depth = 0): LayerGraph {
  if (depth > deepestNesting) throw new ModelError(`models are nested deeper than ${deepestNesting} levels`);
  const className = model.at('class_name').oneOf(modelClasses);
  const graph = (className === 'Sequential' ? readSequential : readFunctional)(model.at('config'), depth);
  checkNames(graph.layers, 'layers');
  return graph;
}

function readFunctional(config: Json, depth: number): LayerGraph {
  const entries = config.at('layers').list();
  return {
    name: config.at('name').string('model'),
    layers: entries.map((entry) => {
      const nodes = entry.at('inbound_nodes').list([]);
      return readLayer(
        entry,
        nodes.map((node) => readRefs(node)),
        depth,
      );
    }),
    inputs: readRefs(config.at('input_layers')),
    outputs: readRefs(config.at('output_layers')),
  };
}

/** Older files have the list of layers itself as the config. A missing input layer is put in front. */
function readSequential(config: Json, depth: number): LayerGraph {
  const layers: Layer[] = [];
  const refsTo = (some: readonly Layer[]) => some.map(({ name }) => ({ layer: name, call: 0, output: 0 }));
  const last = () => refsTo(layers.slice(-1));
  for (const entry of (config.isList ? config : config.at('layers')).list()) {
    const layer = readLayer(entry, [], depth);
    if (layers.length === 0 && layer.className !== 'InputLayer') layers.push(inputBefore(layer, config));
    layers.push({ ...layer, calls: [last()] });
  }
  const inputs = refsTo(layers.slice(0, 1));
  return { name: config.at('name').string('sequential'), layers, inputs, outputs: last() };
}

/** The input layer of a Sequential model without one: its first layer has the shape, or the model where it was built. */
function inputBefore(first: Layer, sequential: Json): Layer {
  const inner = first.nested?.layers.slice(0, 1) ?? [];
  const configs = [first.config, ...inner.map(({ config }) => config), sequential];
  const config = configs.find((candidate) => batchShape(candidate).present) ?? first.config;
  return { ...first, name: `${first.name}_input`, className: 'InputLayer', config, calls: [[]] };
}

/** The shape of an input layer, batch first, under the name that this version of Keras gives it. */
export function batchShape(config: Json): Json {
  return config.at('batch_shape').or(config.at('batch_input_shape')).or(config.at('build_input_shape'));
}

function readLayer(entry: Json, calls: Layer['calls'], depth: number): Layer {
  const name = entry.at('name').or(entry.at('config').at('name')).string();
  const className = entry.at('class_name').string();
  const where = `layer ${quote(name)} (${quote(className)})`;
  const isModel = modelClasses.some((known) => known === className);
  return {
    ...{ name, className, where },
    calls: className === 'InputLayer' ? [[]] : calls,
    config: new Json(entry.at('config').value, `${where}:`),
    ...(isModel && { nested: readLayerGraph(entry, depth + 1) }),
  };
}
