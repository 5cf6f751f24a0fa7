import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPath, MissingFileError, ModelError, type ReadFile } from '../tfjs/index.ts';

/**
 * Reads the files of a model's folder. The folder itself may be reached through links; inside it symbolic links and
 * special files are refused. Hard links pass: package managers install files that way.
 *
 * @param folder  path of the folder, absolute or from the working directory
 */
export function folderReader(folder: string): ReadFile {
  return async (path, maxBytes = Number.POSITIVE_INFINITY) => {
    const names = checkPath(path, 'the reader').split('/');
    try {
      let place = await realpath(folder);
      for (const [i, name] of names.entries()) {
        place = join(place, name);
        const found = await lstat(place);
        const expected = i === names.length - 1 ? found.isFile() : found.isDirectory();
        if (!expected) throw new ModelError(`"${path}" in ${folder} is a link or no plain file; put a copy there`);
      }
      return await readPlainFile(place, { path, maxBytes });
    } catch (error) {
      if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) throw new MissingFileError(path, folder);
      throw error;
    }
  };
}

async function readPlainFile(
  place: string,
  { path, maxBytes }: { path: string; maxBytes: number },
): Promise<Uint8Array> {
  const file = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const { size } = await file.stat();
    if (size > maxBytes) throw new ModelError(`"${path}" has ${size} bytes; at most ${maxBytes} are expected`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
