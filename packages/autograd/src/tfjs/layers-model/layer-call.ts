import type { Tensor } from '../../graph/tensor.ts';
import { checkImages } from '../../primitives/window.ts';
import { type Builder, Call } from '../call.ts';
import { activations, readActivation } from './activations.ts';
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
export class LayerCall extends Call {
  readonly dialect: Dialect;
  /** A weight of this layer, by the names that versions of Keras give it; it must have this shape. */
  readonly weight: (variables: string | readonly string[], shape: readonly number[]) => Tensor;

  constructor(layer: Layer, inputs: readonly Tensor[], { weights, dialect, scope }: LayerSurroundings) {
    super(inputs, layer.where, (name) => layer.config.at(name));
    this.dialect = dialect;
    this.weight = (variables, shape) => weights.find([...scope, layer.name], [variables].flat(), shape);
  }

  /** The only input. */
  get x(): Tensor {
    if (this.inputs.length !== 1) throw this.error(`needs one input, got ${this.inputs.length}`);
    return this.inputs[0];
  }

  /** The input as images `[n, h, w, c]`. */
  get images(): Tensor {
    this.checkLayout();
    checkImages('it', this.x.shape);
    return this.x;
  }

  /** Extent of the last axis. */
  get channels(): number {
    return this.x.shape.at(-1)!;
  }

  /** The axis that the layer works along, which may stand in a list; the last one by default. */
  get axis(): number {
    const option = this.option('axis');
    const [axis, ...others] = option.items();
    if (!axis || others.length > 0) throw option.error('one axis');
    return axis.integer(-1);
  }

  /** The activation that ends the layer, if any. */
  activate(x: Tensor): Tensor {
    return activations.get(readActivation(this.option('activation')))!(x, this.dialect);
  }
}

/** Builds the output of one call of a layer. */
export type LayerBuilder = Builder<LayerCall>;

export type LayerTable = Readonly<Record<string, LayerBuilder>>;
