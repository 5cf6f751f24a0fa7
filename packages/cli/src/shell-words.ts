/** The command that a person would type for these arguments, quoted for a POSIX shell. */
export function commandLine(args: readonly string[]): string {
  return ['igos', ...args.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
