import type { ModelCard, Port } from '@igos/autograd/tfjs';
import { Command, Option } from 'commander';
import { describeScale } from '../describe-scale.ts';
import { printable } from '../errors.ts';
import { type OpenedModel, openModel } from '../open-model.ts';
import { planOnly } from '../plan-only.ts';
import { makeProgress } from '../progress.ts';

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Describe a model: how its input is made, its shapes, size, cost and operations.')
    .argument('<model>', 'bundled name, folder or model.json')
    .addOption(new Option('--json', 'print data instead of text'))
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const facts = await inspectModel(name);
      process.stdout.write(json ? `${JSON.stringify(facts, null, 2)}\n` : describe(facts));
      const { note } = makeProgress();
      for (const warning of facts.warnings) note(`warning: ${warning}`);
    });
}

export interface ModelFacts {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly inputs: readonly Port[];
  /** `softmax`: whether probabilities come from logits that can be explained, too. */
  readonly outputs: readonly (Port & { readonly softmax: boolean })[];
  readonly parameters: number;
  /** Of the weight files. */
  readonly weightBytes: number;
  /** Of one forward pass on one picture; null where the input's size is open. */
  readonly multiplyAdds: number | null;
  /** How often each op or layer class is used, the most frequent first. */
  readonly ops: Readonly<Record<string, number>>;
  readonly card: ModelCard;
  readonly warnings: readonly string[];
}

/** @throws CliError with the exit code for models */
export async function inspectModel(name: string): Promise<ModelFacts> {
  const opened = await openModel(name);
  const { model, place } = opened;
  const built = await buildOnce(opened);
  return {
    name: model.name,
    path: `${place.folder}/${place.file}`,
    format: model.format,
    inputs: model.inputs,
    outputs: model.outputs.map((port) => ({ ...port, softmax: built?.softmaxOutputs.has(port.name) ?? false })),
    parameters: model.parameters,
    weightBytes: model.weightBytes,
    multiplyAdds: built?.multiplyAdds ?? null,
    ops: Object.fromEntries([...model.ops].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))),
    card: model.card,
    warnings: warningsOf(model.card),
  };
}

/** Plans a forward pass on one picture, when all extents of the inputs are known. */
async function buildOnce({ model }: OpenedModel) {
  const { compile, input } = await import('@igos/autograd');
  const picture = model.card.preprocessing?.inputShape;
  const shapes = model.inputs.map(({ shape }) => {
    const open = shape.length === 0 && picture ? [null, ...picture] : shape;
    return open.map((extent, axis) => (axis === 0 ? 1 : (extent ?? picture?.[axis - 1] ?? 0)));
  });
  if (shapes.some((shape) => shape.length === 0 || shape.includes(0))) return undefined;
  const inputs = model.inputs.map(({ name }, i) => input(name, shapes[i] ?? []));
  const outputs = model.apply(Object.fromEntries(inputs.map((tensor, i) => [model.inputs[i]?.name ?? '', tensor])));
  const named = model.outputs.map(({ name }) => name);
  const { plan } = compile({ inputs, outputs }, planOnly);
  return {
    multiplyAdds: plan.multiplyAdds,
    softmaxOutputs: new Set(named.filter((name) => model.logits(outputs, name) !== undefined)),
  };
}

function warningsOf({ source, preprocessing, labels }: ModelCard): string[] {
  const warnings = [];
  if (source === 'guess') {
    warnings.push(
      preprocessing
        ? `the input scaling is a guess, ${describeScale(preprocessing)}. Say it in an igos.json beside the model, or with --input-scale.`
        : 'how pixels become the input is not known. Say it in an igos.json beside the model, or give .npy files.',
    );
  }
  if (!labels)
    warnings.push('the classes have no names. Give them with --labels, or in an igos.json beside the model.');
  return warnings;
}

type Scale = NonNullable<ModelCard['preprocessing']>;

function describe(facts: ModelFacts): string {
  const { card, multiplyAdds, ops } = facts;
  const { preprocessing, labels } = card;
  const rows: [string, string][] = [
    ['model', `${facts.name}, ${facts.format}, ${facts.path}`],
    ...facts.inputs.map((port): [string, string] => ['input', describePort(port)]),
    ...facts.outputs.map((port): [string, string] => [
      'output',
      `${describePort(port)}${port.softmax ? ', softmax of logits' : ''}`,
    ]),
    ['size', `${grouped(facts.parameters)} parameters in ${grouped(facts.weightBytes)} bytes`],
    [
      'cost',
      multiplyAdds === null ? 'unknown, the input size is open' : `${grouped(multiplyAdds)} multiply-adds a picture`,
    ],
    ['scaling', preprocessing ? `${describeScale(preprocessing)}, from ${origins[card.source]}` : 'unknown'],
    ['picture', preprocessing ? describeFit(preprocessing) : 'unknown'],
    ['classes', labels ? `${labels.length}: ${labels.slice(0, 3).map(printable).join(', ')}, …` : 'without names'],
    [
      'operations',
      Object.entries(ops)
        .map(([op, count]) => `${count} ${op}`)
        .join(', '),
    ],
  ];
  return rows.map(([name, text]) => `${name.padEnd(12)}${printable(text)}\n`).join('');
}

const origins: Record<ModelCard['source'], string> = {
  metadata: "the model's metadata",
  'igos.json': 'igos.json',
  flags: 'a flag',
  guess: 'a guess',
};

function describeFit({ resize, centerCropFraction }: Scale): string {
  const part =
    centerCropFraction === undefined ? '' : `, centre ${Number((100 * centerCropFraction).toPrecision(4))} %`;
  return `resized ${resize}${part}`;
}

function describePort({ name, shape }: Port): string {
  return `${name} [${shape.map((extent) => extent ?? '?').join(', ')}]`;
}

function grouped(value: number): string {
  return value.toLocaleString('en-GB');
}
