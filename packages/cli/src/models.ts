import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError, exitCodes, printable } from './errors.ts';
import { nearestName } from './nearest.ts';

/** A network that comes with the program. */
export interface BundledModel {
  readonly name: string;
  readonly about: string;
  readonly licence: string;
}

/** The first one is the default. */
export const bundledModels: readonly BundledModel[] = [
  {
    name: 'efficientnet-lite0',
    about: 'photos 224×224, 1000 classes of ImageNet; by Google',
    licence: 'Apache-2.0',
  },
  {
    name: 'digits',
    about: 'handwritten digits 28×28, 10 classes; trained by this project with its own autodiff',
    licence: 'Apache-2.0',
  },
];

export const defaultModel = 'efficientnet-lite0';

/**
 * The folder of the bundled models and photos: inside an installed package, or at the root of the repository.
 * @throws CliError with the exit code for models when neither is there
 */
export function bundledFolder(): string {
  const candidates = ['../models', '../../../models'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = candidates.find((folder) => existsSync(join(folder, defaultModel, 'model.json')));
  if (found) return found;
  throw new CliError('the bundled models are missing from this installation: install @igos/cli again', exitCodes.model);
}

export interface ModelPlace {
  /** Name of a bundled model, else the path as it was given. */
  readonly name: string;
  readonly folder: string;
  /** File to start from, in the folder. */
  readonly file: string;
}

/**
 * Where the model is that `--model` names: a bundled name, a folder with a `model.json`, or such a file.
 * @throws CliError with the exit code for models
 */
export function findModel(name: string): ModelPlace {
  const bundled = bundledModels.find((model) => model.name === name);
  if (bundled) return { name, folder: join(bundledFolder(), name), file: 'model.json' };

  const path = resolve(name);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return { name, folder: dirname(path), file: basename(path) };
  if (stat?.isDirectory()) {
    if (existsSync(join(path, 'model.json'))) return { name, folder: path, file: 'model.json' };
    throw badModel(name, 'the folder has no model.json: give a folder that tensorflowjs_converter wrote');
  }
  throw badModel(name, adviceFor(name));
}

function adviceFor(name: string): string {
  const names = bundledModels.map((model) => model.name);
  const nearest = nearestName(name, names);
  const guess = nearest ? `; did you mean ${nearest}?` : '';
  return `there is no such model${guess}\nbundled are ${names.join(' and ')}; or give a folder or a model.json`;
}

function badModel(name: string, reason: string): CliError {
  const [first = '', ...others] = reason.split('\n');
  return new CliError([`model ${printable(name)}: ${first}`, ...others].join('\n'), exitCodes.model);
}
