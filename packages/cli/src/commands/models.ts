import { join } from 'node:path';
import { Command, Option } from 'commander';
import { bundledFolder, bundledModels, defaultModel } from '../models.ts';

export function modelsCommand(): Command {
  return new Command('models')
    .description('List the models and sample photos that come with igos.')
    .addOption(new Option('--json', 'print data instead of text'))
    .action(({ json }: { readonly json?: boolean }) => {
      const list = listModels();
      process.stdout.write(json ? `${JSON.stringify(list, null, 2)}\n` : describe(list));
    });
}

interface ModelList {
  readonly models: readonly {
    readonly name: string;
    readonly about: string;
    readonly licence: string;
    readonly path: string;
    readonly default: boolean;
  }[];
  /** Folder of sample photos, with their credits. */
  readonly photos: string;
}

/** What comes with the program, and where it lies. */
export function listModels(): ModelList {
  const folder = bundledFolder();
  const models = bundledModels.map((model) => ({
    ...model,
    path: join(folder, model.name),
    default: model.name === defaultModel,
  }));
  return { models, photos: join(folder, 'photos') };
}

function describe({ models, photos }: ModelList): string {
  const width = Math.max(...models.map(({ name }) => name.length)) + 2;
  const lines = models.flatMap(({ name, about, licence, path, default: isDefault }) => [
    `${name.padEnd(width)}${about}${isDefault ? ' (default)' : ''}`,
    `${' '.repeat(width)}${licence}, ${path}`,
  ]);
  return `${[...lines, '', `Sample photos, see CREDITS.md there: ${photos}`].join('\n')}\n`;
}
