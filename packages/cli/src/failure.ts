import { CliError, type ExitCode, exitCodes } from './errors.ts';

/**
 * Exit codes of the packages' own errors. They are told by name, so that `igos --help` need not load the packages that
 * throw them.
 */
const codeByName: Readonly<Record<string, ExitCode>> = {
  ModelError: exitCodes.model,
  OptionError: exitCodes.usage,
  TargetError: exitCodes.usage,
  NotFiniteError: exitCodes.notFinite,
  OutOfMemoryError: exitCodes.failure,
  DeviceLostError: exitCodes.failure,
  BackendUnavailableError: exitCodes.failure,
  ThreadError: exitCodes.failure,
};

/** What to do about an error that does not say so itself. */
const mendByName: Readonly<Record<string, string>> = {
  ThreadError: 'was there too little memory? --threads 1 needs the least',
};

/** Whatever was thrown, as an error with an exit code and at most four lines. */
export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const known = codeByName[name];
  if (known !== undefined) {
    return new CliError([message, mendByName[name]].filter(Boolean).join('\n'), known, { cause: error });
  }
  const hint = 'this is a fault of igos itself: DEBUG=igos shows where it happened';
  return new CliError(`${message.split('\n')[0]}\n${hint}`, exitCodes.failure, { cause: error });
}

/** What goes to stderr; the stack only for `DEBUG=igos`. */
export function describeFailure(error: CliError, debug: boolean): string {
  const lines = `igos: ${error.message}\n`;
  if (!debug) return lines;
  const cause = error.cause instanceof Error ? error.cause : error;
  return `${lines}${cause.stack}\n`;
}
