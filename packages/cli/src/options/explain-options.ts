import { Command, Option } from 'commander';
import {
  baselines,
  defaultSettings,
  directions,
  lineSearches,
  methods,
  type NamedSettings,
  type PresetName,
  parseMaskSize,
  pathRules,
  presets,
} from 'igos/named';
import { mostThreads } from '../backend.ts';
import { parseBaseline } from './baseline-name.ts';
import {
  addModelOptions,
  choice,
  type ModelFlags,
  modelOption,
  type ScoreKindName,
  scoreOption,
  targetOption,
} from './model-options.ts';
import { asOption, numberIn, parseBytes } from './values.ts';

const tieRules = ['direction', 'index', 'random'] as const;
const switchWords = ['on', 'off'] as const;
const failedSearchWords = ['keep', 'step'] as const;

/** The options of `explain` as they were typed; what a preset decides is absent unless a flag says it. */
export interface ExplainFlags extends NamedSettings, ModelFlags {
  readonly target?: string;
  /** Name of a baseline, or the path of a picture. */
  readonly baseline: string;
  readonly score: ScoreKindName;
  readonly ties: (typeof tieRules)[number];
  readonly initMask?: string;
  readonly threads?: number;
  readonly batch?: number;
  /** Bytes. */
  readonly maxMemory: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** What each preset says, as the default in the help. */
function presetDefault(setting: keyof (typeof presets)[PresetName]): string {
  const values = Object.entries(presets).map(([name, { [setting]: value }]) => {
    return `${name}: ${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`;
  });
  return `(${values.join(', ')})`;
}

/** `igos explain` with every option of the contract; choices are the names in `parts.ts`. */
export function makeExplainCommand(): Command {
  const command = new Command('explain')
    .description(
      'Find the smallest part of a picture that a decision rests on, and write pictures, arrays and a report of it.',
    )
    .argument('<image>', 'PNG, JPEG or WebP photo, or a .npy array that is exactly what the model sees')
    .addOption(modelOption())
    .addOption(targetOption())
    .addOption(choice('--method <name>', 'how to explain', names(methods)).default(defaultSettings.method))
    .addOption(
      choice('--preset <name>', 'settings that belong together; flags override them', names(presets)).default(
        defaultSettings.preset,
      ),
    )
    .addOption(
      new Option('--mask-size <n>', 'N or RxC cells (default: half the shorter side, at most 28)').argParser(
        asOption(parseMaskSize),
      ),
    )
    .addOption(
      number('--iterations <n>', 'steps of the mask', { min: 1, integer: true }).default(defaultSettings.iterations),
    )
    .addOption(
      number('--ig-steps <n>', 'points of the integration path', { min: 1, integer: true }).default(
        defaultSettings.igSteps,
      ),
    )
    .addOption(choice('--path <rule>', 'where the points lie', names(pathRules)).default(defaultSettings.path))
    .addOption(number('--l1 <x>', `weight of the removed share ${presetDefault('l1')}`, { min: 0 }))
    .addOption(number('--tv <x>', `weight of the total variation ${presetDefault('tv')}`, { min: 0 }))
    .addOption(number('--tv-beta <x>', 'exponent of the total variation', { min: 1 }).default(defaultSettings.tvBeta))
    .addOption(choice('--tv-scale <switch>', `scale --tv with the mask size ${presetDefault('tvScale')}`, switchWords))
    .addOption(
      number('--noise <x>', 'noise on the path, in units of 0.225 of the pixel range', { min: 0 }).default(
        defaultSettings.noise,
      ),
    )
    .addOption(number('--seed <n>', 'of all noise', { min: 0, integer: true }).default(defaultSettings.seed))
    .addOption(
      new Option('--baseline <kind>', `what replaces pixels: ${names(baselines).join(', ')}, or a picture`)
        .argParser(parseBaseline)
        .default('blur'),
    )
    .addOption(number('--blur-size <n>', 'odd pixels (default: 51 at 224)', { min: 1, integer: true }))
    .addOption(number('--blur-sigma <x>', 'pixels (default: 50 at 224)', { above: 0 }))
    .addOption(choice('--direction <name>', 'gradient to follow', names(directions)).default(defaultSettings.direction))
    .addOption(choice('--line-search <name>', `how far to go ${presetDefault('lineSearch')}`, names(lineSearches)))
    .addOption(number('--step <x>', 'first step length tried', { above: 0 }).default(defaultSettings.step))
    .addOption(
      number('--step-decay <x>', 'factor after a refused step', { above: 0, below: 1 }).default(
        defaultSettings.stepDecay,
      ),
    )
    .addOption(
      number('--armijo <x>', 'share of the promised decrease that is demanded', { min: 0, below: 1 }).default(
        defaultSettings.armijo,
      ),
    )
    .addOption(
      number('--min-step <x>', 'the first step below this is the last one tried', { above: 0 }).default(
        defaultSettings.minStep,
      ),
    )
    .addOption(
      choice(
        '--on-failed-search <what>',
        `keep the mask or take the step ${presetDefault('onFailedSearch')}`,
        failedSearchWords,
      ),
    )
    .addOption(
      choice(
        '--lambda-schedule <switch>',
        `lower a stuck --l1 on the way ${presetDefault('lambdaSchedule')}`,
        switchWords,
      ),
    )
    .addOption(scoreOption())
    .addOption(choice('--ties <rule>', 'order of equal saliencies in the metrics', tieRules).default('direction'))
    .addOption(new Option('--init-mask <file>', 'start from this .npy mask, 1 = keep'));
  addModelOptions(command)
    .addOption(number('--time-limit <s>', 'seconds; the step under way is dropped', { above: 0 }))
    .addOption(number('--tolerance <x>', 'stop when the objective falls by less', { min: 0 }))
    .addOption(
      number('--threads <n>', 'that compute (default: as many as the machine has, at most 8)', {
        min: 1,
        max: mostThreads,
        integer: true,
      }),
    )
    .addOption(
      number('--batch <n>', 'images in one run of a gpujs backend, path points by fives; never changes a result', {
        min: 1,
        integer: true,
      }),
    )
    .addOption(
      new Option('--max-memory <size>', 'of the engine: fewer threads or images at a time where it is short')
        .argParser(parseBytes)
        .default(parseBytes('1GB'), '1GB'),
    )
    .addOption(new Option('-o, --out <dir>', 'folder to write to (default: <image>.igos in the current folder)'))
    .addOption(new Option('--json', 'print the report instead of a line'))
    .addOption(new Option('-q, --quiet', 'no progress and no warnings on stderr'))
    .addOption(new Option('--no-color', 'no colours on stderr'));
  return command;
}

function number(flags: string, about: string, range: Parameters<typeof numberIn>[0]): Option {
  return new Option(flags, about).argParser(numberIn(range));
}

function names<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(table) as K[];
}
