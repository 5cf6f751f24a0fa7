import type { HostArray } from '@igos/autograd';
import { decodeNpy, NpyError, NpyNotFiniteError } from 'igos/pictures';
import { CliError, type ExitCode, exitCodes, printable } from '../errors.ts';
import { readRegularFile } from './read-file.ts';

/**
 * Reads a `.npy` file, as `decodeNpy` does.
 * @throws CliError, one line: with the exit code for values that are not finite, else with the given one
 */
export async function readNpy(
  path: string,
  { exitCode, maxBytes = 1_000_000_000 }: { readonly exitCode: ExitCode; readonly maxBytes?: number },
): Promise<HostArray> {
  const bytes = await readRegularFile(path, { maxBytes, exitCode });
  try {
    return decodeNpy(bytes);
  } catch (error) {
    if (!(error instanceof NpyError)) throw error;
    const code = error instanceof NpyNotFiniteError ? exitCodes.notFinite : exitCode;
    throw new CliError(`${printable(path)}: ${error.message}`, code, { cause: error });
  }
}
