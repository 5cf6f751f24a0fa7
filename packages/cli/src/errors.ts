/** The exit codes of the command line: part of its contract, other people's scripts read them. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  model: 3,
  image: 4,
  notFinite: 5,
  partlyDone: 6,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const mostLines = 4;

/**
 * An error the user can mend: its message says what, where and how, and is printed without a stack.
 * The message is cut to four lines, and control characters in it are made visible, so that neither a file name nor a
 * library's text can take over the terminal.
 */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message.split('\n').slice(0, mostLines).map(printable).join('\n'), options);
    this.exitCode = exitCode;
  }
}

/** The text on one line, with line breaks and other control characters written as `\x0a`. For file names in messages. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The system's code of a failed file operation (`ENOENT`, `EACCES`, …), or '' for any other error. */
export function systemErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
