import { quote } from './json.ts';
import { ModelError } from './model-error.ts';

/**
 * Reads a file of the model's folder.
 *
 * @param path      relative to that folder, `/` between names, already checked to stay inside
 * @param maxBytes  a longer file may be refused unread
 */
export type ReadFile = (path: string, maxBytes?: number) => Promise<Uint8Array>;

/** The file does not exist. A reader that throws it lets optional files be told from damaged ones. */
export class MissingFileError extends ModelError {
  constructor(path: string, where: string) {
    super(`there is no file ${quote(path)} in ${where}`, { fault: { kind: 'missing-file', path } });
  }
}

/** Calls the reader; what it throws becomes a ModelError that names the file. */
export async function readFileOf(read: ReadFile, path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    return await read(path, maxBytes);
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    const reason = cause instanceof Error ? cause.message : cause;
    throw new ModelError(`cannot read ${quote(path)}: ${reason}`, { cause, fault: { kind: 'unreadable-file', path } });
  }
}
