import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { CliError, type ExitCode, printable, systemErrorCode } from '../errors.ts';

/**
 * All bytes of a regular file of at least one and at most `maxBytes` bytes; the size is checked before reading.
 * @throws CliError with the given exit code, one line naming the file
 */
export async function readRegularFile(
  path: string,
  { maxBytes, exitCode }: { readonly maxBytes: number; readonly exitCode: ExitCode },
): Promise<Uint8Array> {
  const fail = (reason: string, cause?: unknown) => new CliError(`${printable(path)}: ${reason}`, exitCode, { cause });
  try {
    // non-blocking, so that a named pipe without a writer does not hang the program
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw fail('is a folder, needed is a file');
      if (!stat.isFile()) throw fail('is a device or pipe, needed is a regular file');
      if (stat.size === 0) throw fail('the file is empty');
      if (stat.size > maxBytes) throw fail(`the file has ${stat.size} bytes, the limit is ${maxBytes}`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw fail(reasons[systemErrorCode(error)] ?? `cannot be read (${String(error)})`, error);
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'no such file: check the path',
  ENOTDIR: 'no such file: a folder of its path is a file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'its symbolic links form a circle',
  ENAMETOOLONG: 'the path is too long',
  ERR_INVALID_ARG_VALUE: 'the path is not valid',
};
