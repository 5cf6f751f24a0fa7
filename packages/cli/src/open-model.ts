import type { Model } from '@igos/autograd/tfjs';
import { CliError, exitCodes, printable } from './errors.ts';
import { findModel, type ModelPlace } from './models.ts';

export interface OpenedModel {
  readonly model: Model;
  readonly place: ModelPlace;
}

/**
 * Loads the model that `--model` names.
 * @throws CliError with the exit code for models, or for weights that are not finite, naming the model
 */
export async function openModel(name: string): Promise<OpenedModel> {
  const place = findModel(name);
  const [{ loadModel, ModelError, NotFiniteWeightError }, { folderReader }] = await Promise.all([
    import('@igos/autograd/tfjs'),
    import('@igos/autograd/node'),
  ]);
  try {
    const model = await loadModel(folderReader(place.folder), { modelFile: place.file });
    return { model, place };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const code = error instanceof NotFiniteWeightError ? exitCodes.notFinite : exitCodes.model;
    throw new CliError(`model ${printable(name)}: ${error.message}`, code, { cause: error });
  }
}

/** The shape [height, width, channels] of a model's only input, null where the file leaves an extent open. */
export type ImagePort = readonly [height: number | null, width: number | null, channels: number | null];

/**
 * @throws CliError with the exit code for models when the model does not take one picture
 */
export function imagePort({ model, place }: OpenedModel): ImagePort {
  const [port, ...others] = model.inputs;
  const hint = model.card.preprocessing?.inputShape ?? [];
  const shape = port?.shape.length === 0 ? [null, null, null, null] : port?.shape;
  if (others.length === 0 && shape?.length === 4) {
    const [height, width, channels] = shape.slice(1).map((extent, axis) => extent ?? hint[axis] ?? null);
    return [height ?? null, width ?? null, channels ?? null];
  }
  const shapes = model.inputs.map(({ name, shape }) => `${name} [${shape.map((n) => n ?? '?').join(', ')}]`);
  throw new CliError(
    `model ${printable(place.name)}: needed is one picture input [batch, height, width, channels]; it has ${shapes.join(', ')}`,
    exitCodes.model,
  );
}
