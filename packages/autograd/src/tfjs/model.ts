import { input, type Tensor } from '../graph/tensor.ts';
import { reshape } from '../index.ts';
import { showShape } from '../shape.ts';
import type { ModelCard } from './card.ts';
import { quote } from './json.ts';
import { ModelError } from './model-error.ts';

import { checkNames } from './names.ts';
import type { Network, Port } from './network.ts';
import type { WeightTable } from './weight-table.ts';

/** A network read from a TensorFlow.js model. */
export interface Model {
  readonly name: string;
  readonly format: 'layers-model' | 'graph-model';
  /** Inputs by name; the first axis is the batch, null is an extent that the file leaves open. */
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly card: ModelCard;
  /** How often each op or layer class is used. */
  readonly ops: ReadonlyMap<string, number>;
  /** Number of weights that are not integers. */
  readonly parameters: number;
  /** Bytes of the weight files. */
  readonly weightBytes: number;
  /**
   * Builds the network on these inputs; the batch size is theirs. Gives the outputs by name, and `logits` where the
   * card names their node or the first output is a softmax.
   *
   * @param inputs  the only input, or all of them by name
   */
  apply(inputs: Tensor | Readonly<Record<string, Tensor>>): Record<string, Tensor>;
  /** The logits that make an output of `apply`; undefined where no softmax makes it. */
  logits(outputs: Readonly<Record<string, Tensor>>, name: string): Tensor | undefined;
  /** Lets the weights go; the model cannot be applied any more. */
  dispose(): void;
}

interface ModelParts {
  readonly network: Network;
  readonly weights: WeightTable;
  readonly card: ModelCard;
}

/**
 * Joins a network, its weights and its card. Where the input shape is known the network is built once, so that a model
 * that does not fit together is refused here.
 */
export function createModel({ network, weights, card }: ModelParts): Model {
  checkNames(network.inputs, 'inputs');
  checkNames(network.outputs, 'outputs');
  const [mainOutput] = network.outputs;
  let disposed = false;

  const apply = (given: Tensor | Readonly<Record<string, Tensor>>): Record<string, Tensor> => {
    if (disposed) throw new ModelError('the model was disposed of; load it again');
    const built = network.build(matchInputs(network.inputs, given));
    const outputs = Object.fromEntries(built.outputs);
    const { logitsNode } = card;
    const named = built.find(logitsNode);
    if (logitsNode !== undefined && !named) {
      throw new ModelError(`the card names the logits node ${quote(logitsNode)}, which no output depends on`);
    }
    const logits = named ? (beforeSoftmax(named) ?? named) : beforeSoftmax(outputs[mainOutput.name]);
    return logits && !Object.hasOwn(outputs, 'logits') ? { ...outputs, logits } : outputs;
  };

  const trial = trialInputs(network.inputs, card);
  const tried = trial && apply(trial);
  const outputs = network.outputs.map(({ name, shape }) => {
    return { name, shape: tried ? [null, ...tried[name].shape.slice(1)] : shape };
  });
  checkCard(card, network.inputs, outputs);
  return {
    name: card.name ?? network.name ?? 'model',
    format: network.format,
    inputs: network.inputs,
    outputs,
    card,
    ops: network.ops,
    parameters: weights.parameters,
    weightBytes: weights.bytes,
    apply,
    logits: (built, name) => (name === mainOutput.name ? built.logits : undefined) ?? beforeSoftmax(built[name]),
    dispose: () => {
      disposed = true;
      weights.clear();
    },
  };
}

/** Refuses a card that belongs to another model. */
function checkCard({ labels, preprocessing }: ModelCard, inputs: readonly Port[], outputs: readonly Port[]): void {
  const classes = outputs.map(({ shape }) => shape.at(-1)).filter((extent) => typeof extent === 'number');
  if (labels && classes.length > 0 && !classes.includes(labels.length)) {
    throw new ModelError(`the card has ${labels.length} labels, the model ${classes.join(' or ')} classes`);
  }
  const channels = inputs[0].shape[3];
  for (const list of preprocessing && channels ? [preprocessing.mean, preprocessing.std] : []) {
    if (list.length === 1 || list.length === channels) continue;
    throw new ModelError(`the card has ${list.length} values of mean or std for ${channels} channels`);
  }
}

/** The input of the softmax that makes a tensor, also through a reshape that keeps the classes on the last axis. */
function beforeSoftmax(tensor: Tensor | undefined): Tensor | undefined {
  if (tensor?.op === 'softmax') return tensor.inputs[0];
  if (tensor?.op !== 'reshape') return undefined;
  const [inner] = tensor.inputs;
  const logits = inner.shape.at(-1) === tensor.shape.at(-1) ? beforeSoftmax(inner) : undefined;
  return logits && reshape(logits, tensor.shape);
}

/** Any batch fits, and anything fits a port that says nothing of its shape. */
function matchInputs(
  ports: readonly Port[],
  given: Tensor | Readonly<Record<string, Tensor>>,
): ReadonlyMap<string, Tensor> {
  const byName = new Map<string, Tensor>(isTensor(given) ? [[ports[0].name, given]] : Object.entries(given));
  return new Map(
    ports.map(({ name, shape }) => {
      const tensor = byName.get(name);
      if (!tensor) {
        const names = ports.map((port) => port.name);
        throw new ModelError(`the input ${quote(name)} is missing; the model has the inputs ${quote(names)}`);
      }
      const rankFits = shape.length === 0 || shape.length === tensor.shape.length;
      const fits = shape.every((extent, axis) => axis === 0 || extent === null || extent === tensor.shape[axis]);
      if (rankFits && fits) return [name, tensor];
      throw new ModelError(`the input ${quote(name)} is ${showShape(shape)}, got ${showShape(tensor.shape)}`);
    }),
  );
}

function isTensor(given: Tensor | Readonly<Record<string, Tensor>>): given is Tensor {
  return typeof given.id === 'number';
}

/** Inputs of one image, when every shape is known from the file or the card. */
function trialInputs(ports: readonly Port[], card: ModelCard): Record<string, Tensor> | undefined {
  const image = card.preprocessing?.inputShape;
  const assumed = image && ports.length === 1 ? [1, ...image] : [1];
  const shapes = ports.map(({ shape }) => {
    return shape.length === 0 ? assumed : shape.map((extent, axis) => extent ?? assumed[axis]);
  });
  if (shapes.some((shape) => shape.length < 2 || shape.some((extent) => extent === undefined))) return undefined;
  return Object.fromEntries(ports.map(({ name }, i) => [name, input(name, shapes[i] as number[])]));
}
