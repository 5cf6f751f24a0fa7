import type { Tensor } from '../../graph/tensor.ts';
import { buildCall } from '../call.ts';
import { checkLimit, type ModelLimits } from '../limits.ts';
import { ModelError } from '../model-error.ts';
import type { Step, StepRef } from '../steps.ts';
import { activations, readActivation } from './activations.ts';
import type { LayerRef } from './inbound.ts';
import { LayerCall, type LayerSurroundings } from './layer-call.ts';
import { layerBuilders } from './layers/index.ts';
import { batchShape, type Layer, type LayerGraph } from './topology.ts';

export interface Surroundings extends LayerSurroundings {
  /** Where the steps go, by their keys. */
  readonly steps: Map<string, Step>;
  readonly limits: ModelLimits;
  /** Stands before the keys of the model's steps; empty unless the model is nested. */
  readonly prefix: string;
  /** What a nested model is called with. */
  readonly given?: readonly StepRef[];
}

/** What a reference is to, in the model with this prefix. */
export function stepRef(prefix: string, { layer, call, output }: LayerRef): StepRef {
  return { key: prefix + (call === 0 ? layer : `${layer}#${call}`), output };
}

/**
 * Adds a step for each call of each layer of a model. A nested model is taken apart at each of its calls: its input
 * layers, and the call itself, pass on what goes in and what comes out.
 */
export function addSteps(graph: LayerGraph, around: Surroundings): void {
  const { steps, limits, prefix, given } = around;
  const refs = [...graph.outputs, ...graph.layers.flatMap(({ calls }) => calls.flat())];
  const calledFirst = new Set(refs.map(({ layer, call }) => call === 0 && layer));
  for (const layer of graph.layers) {
    const { name, className, where, nested, calls } = layer;
    // Keras counts the making of a nested model as its call 0, which is not in the file and may be referred to or not.
    const first = nested && !calledFirst.has(name) ? 1 : 0;
    calls.forEach((inputs, call) => {
      const { key } = stepRef(prefix, { layer: name, call: first + call, output: 0 });
      const step = { key, name, op: className, where, inputs: inputs.map((ref) => stepRef(prefix, ref)) };
      const passedIn = given?.[graph.inputs.findIndex((input) => input.layer === name)];
      if (nested) {
        if (inputs.length !== nested.inputs.length) {
          throw new ModelError(`${where} needs ${nested.inputs.length} inputs, got ${inputs.length}`);
        }
        addSteps(nested, { ...around, prefix: `${key}/`, scope: [...around.scope, name], given: step.inputs });
        steps.set(key, { ...step, inputs: nested.outputs.map((ref) => stepRef(`${key}/`, ref)), build: passOn });
      } else if (passedIn) {
        steps.set(key, { ...step, inputs: [passedIn], build: passOn });
      } else {
        steps.set(key, { ...step, ...(className === 'InputLayer' ? inputShape(layer) : buildLayer(layer, around)) });
      }
      checkLimit(limits, 'nodes', [steps.size, 'calls of layers']);
    });
  }
}

function passOn(inputs: readonly Tensor[]): readonly Tensor[] {
  return inputs;
}

function inputShape({ config }: Layer): Pick<Step, 'shape'> {
  const shape = batchShape(config).list([]);
  return { shape: shape.map((extent) => (extent.present ? extent.count() : null)) };
}

function buildLayer(layer: Layer, around: LayerSurroundings): Pick<Step, 'build' | 'unsupported'> {
  const builder = layerBuilders.get(layer.className);
  const activation = readActivation(layer.config.at('activation'));
  return {
    ...(builder && {
      build: (inputs, bounds) => buildCall(new LayerCall(layer, inputs, around), builder, bounds),
    }),
    ...(activations.has(activation) ? {} : { unsupported: activation }),
  };
}
