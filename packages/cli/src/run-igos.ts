import { Command, CommanderError } from 'commander';
import { CliError, type ExitCode, exitCodes } from './errors.ts';
import { describeFailure, toCliError } from './failure.ts';
import { packageVersion } from './package-version.ts';

interface CommandEntry {
  readonly summary: string;
  readonly usage: string;
  /** The command with all its options. Loaded when it is asked for: `igos --help` must not wait for a model's code. */
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, CommandEntry>> = {
  explain: {
    summary: 'show which pixels a decision rests on',
    usage: '<image> [options]',
    load: async () => (await import('./commands/explain.ts')).explainCommand(),
  },
  predict: {
    summary: 'say what a model sees in a picture',
    usage: '<image> [options]',
    load: async () => (await import('./commands/predict.ts')).predictCommand(),
  },
  inspect: {
    summary: 'describe a model: card, shapes, size, operations',
    usage: '<model> [options]',
    load: async () => (await import('./commands/inspect.ts')).inspectCommand(),
  },
  models: {
    summary: 'list the bundled models and sample photos',
    usage: '[options]',
    load: async () => (await import('./commands/models.ts')).modelsCommand(),
  },
  bench: {
    summary: 'measure how fast this machine is',
    usage: '[options]',
    load: async () => (await import('./commands/bench.ts')).benchCommand(),
  },
  playground: {
    summary: 'open the page that shows I-GOS at work',
    usage: '[options]',
    load: async () => (await import('./commands/playground.ts')).playgroundCommand(),
  },
};

const exitCodeHelp = `
Exit codes:
  0 ok    1 failure    2 wrong use    3 bad model    4 bad image
  5 not a finite number    6 partly done    130, 143 stopped by a signal

Pictures and numbers go to files, data to stdout, all else to stderr. DEBUG=igos adds a stack to an error.`;

/**
 * Runs one command line.
 * @param args  what follows `igos`
 * @returns     the exit code; every error has been printed
 */
export async function runIgos(args: readonly string[]): Promise<ExitCode> {
  try {
    const program = await makeProgram(args);
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok; // help or version was printed
    const failure = error instanceof CommanderError ? asWrongUse(error) : toCliError(error);
    process.stderr.write(describeFailure(failure, process.env.DEBUG === 'igos'));
    return failure.exitCode;
  }
}

async function makeProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('igos')
    .description('Explain what a convolutional network saw in a picture (I-GOS).')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: () => {} }) // runIgos prints errors, all in one manner
    .addHelpText('after', exitCodeHelp);
  const asked = args.find((arg) => !arg.startsWith('-') && arg !== 'help') ?? '';
  for (const [name, { summary, usage, load }] of Object.entries(commands)) {
    const command = name === asked ? await load() : new Command(name);
    command.copyInheritedSettings(program).summary(summary).usage(usage).addHelpText('after', exitCodeHelp);
    program.addCommand(command);
  }
  return program;
}

function asWrongUse(error: CommanderError): CliError {
  const nothingAsked = error.code === 'commander.help';
  const message = nothingAsked ? 'name a command, such as: igos explain photo.jpg' : error.message;
  return new CliError(message.replace(/^error: /, ''), exitCodes.usage, { cause: error });
}
