import type { Tensor } from '../../graph/tensor.ts';
import { type Json, quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import { applyActivation, readActivation } from './activations.ts';
import type { LayerWeights } from './layer-weights.ts';
import type { Layer } from './topology.ts';

/** What a layer means can depend on what wrote the file. */
export interface Dialect {
  readonly keras3: boolean;
  /** Saved by TensorFlow.js itself, which resizes images by other coordinates than Keras. */
  readonly tfjsLayers: boolean;
}

export interface LayerSurroundings {
  readonly weights: LayerWeights;
  readonly dialect: Dialect;
  /** Names of the models around the layer, outermost first. */
  readonly scope: readonly string[];
}

/** A layer with the inputs of one call built: what a layer builder works from. */
export class LayerCall {
  readonly inputs: readonly Tensor[];
  readonly #layer: Layer;
  readonly #surroundings: LayerSurroundings;

  constructor(layer: Layer, inputs: readonly Tensor[], surroundings: LayerSurroundings) {
    this.#layer = layer;
    this.inputs = inputs;
    this.#surroundings = surroundings;
  }

  get config(): Json {
    return this.#layer.config;
  }

  get dialect(): Dialect {
    return this.#surroundings.dialect;
  }

  /** The only input. */
  get x(): Tensor {
    if (this.inputs.length !== 1) throw this.error(`needs one input, got ${this.inputs.length}`);
    return this.inputs[0];
  }

  /** The input as images `[n, h, w, c]`. */
  get images(): Tensor {
    const layout = this.config.at('data_format').string('channels_last');
    if (layout !== 'channels_last') {
      throw this.error(`has the data format ${quote(layout)}; convert the model to channels_last`);
    }
    if (this.x.shape.length !== 4) throw this.error(`needs [n, h, w, c], got ${quote(this.x.shape)}`);
    return this.x;
  }

  /** Extent of the last axis. */
  get channels(): number {
    const extent = this.x.shape.at(-1);
    if (extent === undefined) throw this.error('needs an input with at least one axis');
    return extent;
  }

  /** A weight of this layer, by the names that versions of Keras give it; it must have this shape. */
  weight(variables: string | readonly string[], shape: readonly number[]): Tensor {
    const { scope, weights } = this.#surroundings;
    return weights.find([...scope, this.#layer.name], typeof variables === 'string' ? [variables] : variables, shape);
  }

  /** Rows and columns of an option that may be one number for both. */
  pair(name: string, fallback?: readonly [number, number]): [number, number] {
    const option = this.config.at(name);
    if (!option.present && fallback) return [...fallback];
    const values = option.isList ? option.integers() : [option.integer(), option.integer()];
    if (values.length !== 2 || values.some((value) => value < 1)) throw option.error('a positive number or two');
    return [values[0], values[1]];
  }

  /** The activation that ends the layer, if any. */
  activate(x: Tensor): Tensor {
    return applyActivation(readActivation(this.config), x, this.dialect);
  }

  error(message: string, cause?: unknown): ModelError {
    return new ModelError(`layer ${quote(this.#layer.name)} (${quote(this.#layer.className)}) ${message}`, { cause });
  }
}

/** Builds the output of one call of a layer. */
export type LayerBuilder = (call: LayerCall) => Tensor;

export type LayerTable = Readonly<Record<string, LayerBuilder>>;
