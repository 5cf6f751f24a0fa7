import { type Command, Option } from 'commander';
import { type CropKind, cropKinds, type InputScale, inputScales, parseInputScale } from 'igos/pictures';
import { type BackendName, backendNames } from '../backend.ts';
import { defaultModel } from '../models.ts';
import { asOption, oneOf } from './values.ts';

/** What `explain` and `predict` need to know of a model and how a picture gets into it. */
export interface ModelFlags {
  readonly model: string;
  readonly inputScale?: InputScale;
  readonly labels?: string;
  readonly crop: CropKind;
  readonly output?: string;
  readonly backend: BackendName;
}

const scoreKinds = ['probability', 'logit'] as const;
export type ScoreKindName = (typeof scoreKinds)[number];

export const modelOption = () =>
  new Option('-m, --model <model>', 'bundled name, folder or model.json').default(defaultModel);

export const targetOption = () =>
  new Option('-t, --target <class>', 'index, label, label:3, index:3-5 or 3:1,5:-0.5 (default: the most likely class)');

export const scoreOption = () => choice('--score <kind>', 'what is explained', scoreKinds).default('probability');

const scales = Object.keys(inputScales).join(', ');

/** Adds the options of `ModelFlags` but `--model`, which comes first in the help. */
export function addModelOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--input-scale <scale>', `${scales}, or <mean>/<std> in pixels (default: the model's card)`).argParser(
        asOption(parseInputScale),
      ),
    )
    .addOption(new Option('--labels <file>', "class names, a JSON list or a line each (default: the model's own)"))
    .addOption(choice('--crop <kind>', 'part of the photo that the model sees', cropKinds).default('centre'))
    .addOption(new Option('--output <name>', 'output of a model with several (default: the first)'))
    .addOption(choice('--backend <name>', 'what computes', backendNames).default('auto'));
}

/** An option with a fixed set of values. */
export function choice(flags: string, about: string, names: readonly string[]): Option {
  return new Option(flags, about).choices(names).argParser(oneOf(names));
}
