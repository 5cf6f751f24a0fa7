import { Command, Option } from 'commander';
import {
  type BackendName,
  backendNames,
  defaultThreads,
  interruptible,
  mostThreads,
  openBackend,
  threadWarning,
} from '../backend.ts';
import { describeProcessor, type Measurements, measure, type Times, typicalRun } from '../bench/measure.ts';
import { printable } from '../errors.ts';
import { openModel } from '../open-model.ts';
import { choice, modelOption } from '../options/model-options.ts';
import { numberIn } from '../options/values.ts';
import { packageVersion } from '../package-version.ts';
import { makeProgress, type Progress } from '../progress.ts';

export interface BenchFlags {
  readonly model: string;
  readonly backend: BackendName;
  readonly threads?: number;
  readonly rounds: number;
  readonly json?: boolean;
}

export function benchCommand(): Command {
  return new Command('bench')
    .description('Measure how fast this machine explains with a model.')
    .addOption(modelOption())
    .addOption(choice('--backend <name>', 'what computes', backendNames).default('auto'))
    .addOption(
      new Option('--threads <n>', 'that compute (default: as many as the machine has, at most 8)').argParser(
        numberIn({ min: 1, max: mostThreads, integer: true }),
      ),
    )
    .addOption(
      new Option('--rounds <n>', 'samples of each time').argParser(numberIn({ min: 1, integer: true })).default(9),
    )
    .addOption(new Option('--json', 'print data instead of text'))
    .action(async (flags: BenchFlags) => {
      const progress = makeProgress();
      const report = await bench(flags, progress).finally(progress.clear);
      for (const warning of report.warnings) progress.note(`warning: ${warning}`);
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
    });
}

export interface BenchReport extends Measurements {
  readonly model: { readonly name: string; readonly source: string; readonly format: string };
  /** Name of the backend that computed. */
  readonly backend: string;
  readonly threads: number | null;
  readonly rounds: number;
  readonly machine: { readonly processor: string; readonly cores: number };
  readonly versions: { readonly igos: string; readonly node: string; readonly v8: string };
  readonly warnings: readonly string[];
}

/** @throws CliError for a bad model, or a backend that does not work here */
export async function bench({ model, backend, threads, rounds }: BenchFlags, progress: Progress): Promise<BenchReport> {
  progress.show(() => 'reading the model');
  const opened = await openModel(model);
  const started = await openBackend(backend, { threads: threads ?? defaultThreads() });
  const tell = (round: number) => progress.show(() => `round ${round + 1}/${rounds}`);
  try {
    const patient = interruptible(started.backend, progress.tick);
    const measurements = await measure({ opened, backend: patient, rounds, onRound: tell });
    const { name, format } = opened.model;
    const { node, v8 } = process.versions;
    const use = await started.backend.threads?.();
    const warning = threadWarning(started.backend, { wanted: threads, use });
    return {
      model: { name, source: opened.place.name, format },
      backend: started.backend.name,
      ...{ threads: use?.count ?? null, rounds, machine: describeProcessor() },
      versions: { igos: packageVersion(), node, v8 },
      ...measurements,
      warnings: warning === undefined ? [] : [warning],
    };
  } finally {
    started.backend.dispose();
  }
}

function describe(report: BenchReport): string {
  const { model, input, backend, threads, machine, versions, forward, gradient, iteration, explanation, memory } =
    report;
  const { iterations, pathPoints, trials } = typicalRun;
  const rows = [
    ['model', `${model.name}, ${model.format}, input ${input.join('×')}`],
    ['backend', `${backend}${ofThreads(threads)}; igos ${versions.igos}, Node ${versions.node}, V8 ${versions.v8}`],
    ['machine', `${machine.processor}, ${machine.cores} cores`],
    ['forward', `${showTimes(forward)}, ${forward.gflops.toFixed(1)} GFLOP/s`],
    ['gradient', `${showTimes(gradient)}, ${gradient.gflops.toFixed(1)} GFLOP/s, forward and backward`],
    ['iteration', `${showTimes(iteration)}, ${pathPoints} gradients and a trial`],
    [
      'explanation',
      `about ${showSeconds(explanation)}: ${iterations} iterations of ${trials} trials, deletion and insertion`,
    ],
    ['memory', describeMemory(memory)],
  ];
  return rows.map(([name = '', text = '']) => `${name.padEnd(13)}${printable(text)}\n`).join('');
}

function describeMemory({ engine, weights, resident }: BenchReport['memory']): string {
  const ofEngine = engine === null ? '' : `engine ${showBytes(engine)}, `;
  return `${ofEngine}weight files ${showBytes(weights)}, whole process ${showBytes(resident)}`;
}

function ofThreads(threads: number | null): string {
  if (threads === null) return '';
  return threads === 1 ? ', 1 thread' : `, ${threads} threads`;
}

function showTimes({ best, median }: Times): string {
  return `${showSeconds(best)} (median ${showSeconds(median)})`;
}

/** Seconds with three digits, in the unit that suits them. */
function showSeconds(seconds: number): string {
  const [value, unit] = seconds >= 1 ? [seconds, 's'] : [1000 * seconds, 'ms'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

function showBytes(bytes: number): string {
  return `${Number((bytes / 1e6).toPrecision(3))} MB`;
}
