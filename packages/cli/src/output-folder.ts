import { randomBytes } from 'node:crypto';
import { rmdirSync, rmSync } from 'node:fs';
import { access, constants, lstat, mkdir, open, rename, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CliError, exitCodes, printable, systemErrorCode } from './errors.ts';

/** File name to contents; text is written as UTF-8. */
export type OutputFiles = Readonly<Record<string, Uint8Array | string>>;

/**
 * Refuses a folder that could not be written, before long work for it begins. Changes nothing on disk.
 * @throws CliError with the exit code for failures when the folder, or the nearest one above it that exists, is a file
 *   or may not be written
 */
export async function checkOutputFolder(folder: string): Promise<void> {
  let nearest = resolve(folder);
  try {
    while (!(await isFolder(nearest))) nearest = dirname(nearest);
    await access(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw asFolderError(folder, error);
  }
}

/**
 * Writes files into a folder, made with its parents when it does not exist. All are written aside first and flushed to
 * disk, so that nobody ever reads half a file: a new folder then appears whole under its name; into an existing one the
 * files are renamed one by one, and its other files stay. A failure or an abort removes what was written aside and
 * leaves no new folder.
 *
 * @throws CliError with the exit code for failures, saying what is wrong with the folder
 * @throws the signal's reason when it is aborted before the files got their names
 */
export async function writeOutputFolder(
  folder: string,
  files: OutputFiles,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const target = resolve(folder);
  let aside: string | undefined;
  let firstMade: string | undefined;
  const cleanUp = () => {
    if (aside) rmSync(aside, { recursive: true, force: true });
    if (firstMade) removeEmptyFolders(dirname(target), firstMade);
  };
  process.once('exit', cleanUp); // the handler of a signal may end the program while we wait for the disk
  try {
    signal?.throwIfAborted();
    const existed = await isFolder(target);
    if (!existed) firstMade = await mkdir(dirname(target), { recursive: true });
    // beside a new folder, but within an old one, which may be a mount point: renaming must stay on one file system
    const place = existed ? target : dirname(target);
    aside = join(place, `.${basename(target)}-${randomBytes(4).toString('hex')}.part`);
    await mkdir(aside);
    for (const [name, contents] of Object.entries(files)) {
      await writeDurably(join(aside, name), contents);
      signal?.throwIfAborted();
    }
    await syncFolder(aside);
    if (existed || !(await renameWhole(aside, target))) await moveFiles(Object.keys(files), aside, target);
    await syncFolder(dirname(target));
  } catch (error) {
    cleanUp();
    throw signal?.aborted && error === signal.reason ? error : asFolderError(folder, error);
  } finally {
    process.off('exit', cleanUp);
  }
}

/** Whether a folder is there, or nothing; throws when a file is. */
async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
  throw new Error(`${path} is a file`);
}

/** False when somebody made the folder meanwhile and put files into it. */
async function renameWhole(aside: string, target: string): Promise<boolean> {
  try {
    await rename(aside, target);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error))) return false;
    throw error;
  }
}

async function moveFiles(names: readonly string[], aside: string, target: string): Promise<void> {
  for (const name of names) {
    const old = await lstat(join(target, name)).catch(() => undefined);
    if (old?.isDirectory()) throw new Error(`${name} in it is a folder`);
  }
  for (const name of names) await rename(join(aside, name), join(target, name));
  await syncFolder(target);
  await rmdir(aside);
}

async function writeDurably(path: string, contents: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes new names in a folder outlast a loss of power, on the file systems that can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Removes a folder and those above it up to and with `last`, as long as they are empty. */
function removeEmptyFolders(folder: string, last: string): void {
  try {
    rmdirSync(folder);
    if (folder !== last) removeEmptyFolders(dirname(folder), last);
  } catch {
    // someone else uses it now: it stays
  }
}

function asFolderError(folder: string, error: unknown): CliError {
  const text = error instanceof Error ? error.message : String(error);
  const reason = reasons[systemErrorCode(error)] ?? text;
  const message = `${printable(folder)}: the output folder cannot be written, ${reason}; choose another with --out`;
  return new CliError(message, exitCodes.failure, { cause: error });
}

const reasons: Record<string, string> = {
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a folder of its path is a file',
  ENOENT: 'the folder above it is gone',
  ENAMETOOLONG: 'its name is too long',
};
