import type { Tensor } from '../graph/tensor.ts';
import { ShapeError } from '../shape.ts';
import type { Json } from './json.ts';
import { ModelError } from './model-error.ts';
import { checkElements, type ResultBounds } from './result-size.ts';

/** A node, or a call of a layer, with its inputs built: what a builder works from. */
export class Call {
  readonly inputs: readonly Tensor[];
  /** Names it in errors, as in `node "pool1" ("MaxPool")`. */
  readonly where: string;
  /** An attribute of the node, or an entry of the layer's config. */
  readonly option: (name: string) => Json;

  constructor(inputs: readonly Tensor[], where: string, option: (name: string) => Json) {
    this.inputs = inputs;
    this.where = where;
    this.option = option;
  }

  input(index: number): Tensor {
    const tensor = this.inputs[index];
    if (!tensor) throw this.error(`needs at least ${index + 1} inputs, got ${this.inputs.length}`);
    return tensor;
  }

  /** An option that is on or off, under any of its names; off by default. */
  flag(...names: readonly string[]): boolean {
    return names.some((name) => this.option(name).boolean(false));
  }

  /** Refuses images that have their channels first, which the engine does not read. */
  checkLayout(): void {
    const layout = this.option('data_format');
    if (['NHWC', 'channels_last'].includes(layout.string('NHWC'))) return;
    throw layout.error('NHWC; convert the model to channels_last');
  }

  error(message: string, cause?: unknown): ModelError {
    return new ModelError(`${this.where} ${message}`, { cause });
  }
}

/** Builds the outputs of a call; most ops and layers have one. */
export type Builder<C extends Call> = (call: C) => Tensor | readonly Tensor[];

/** The outputs of a call. What an op refuses is an error that names the node or layer. */
export function buildCall<C extends Call>(call: C, build: Builder<C>, bounds: ResultBounds): readonly Tensor[] {
  try {
    const built = build(call);
    const outputs = 'op' in built ? [built] : built;
    for (const output of outputs) checkElements(output, bounds);
    return outputs;
  } catch (cause) {
    if (cause instanceof ShapeError) throw call.error(`does not fit its inputs: ${cause.message}`, cause);
    throw cause;
  }
}
