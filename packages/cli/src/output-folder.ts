import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CliError, exitCodes, printable, systemErrorCode } from './errors.ts';

/** File name to contents; text is written as UTF-8. */
export type OutputFiles = Readonly<Record<string, Uint8Array | string>>;

interface FolderOptions {
  /** The flag that names the folder, for messages. */
  readonly flag?: string;
}

/**
 * Refuses a folder that could not be written, before long work for it begins. Changes nothing on disk.
 * @throws CliError with the exit code for failures when the folder, or the nearest one above it that exists, is a file
 *   or may not be written
 */
export function checkOutputFolder(folder: string, { flag = '--out' }: FolderOptions = {}): void {
  let nearest = resolve(folder);
  try {
    while (!isFolder(nearest)) nearest = dirname(nearest);
    fs.accessSync(nearest, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw asFolderError(folder, flag, error);
  }
}

/**
 * Writes files into a folder, made with its parents when it does not exist. All are written aside first and flushed to
 * disk, so that nobody ever reads half a file: a new folder then appears whole under its name; into an existing one the
 * files are renamed one by one, and its other files stay. A failure removes what was written aside and leaves no new
 * folder. Nothing here waits, so the handler of a signal runs before it or after it, never in between.
 *
 * @throws CliError with the exit code for failures, saying what is wrong with the folder
 */
export function writeOutputFolder(folder: string, files: OutputFiles, { flag = '--out' }: FolderOptions = {}): void {
  const target = resolve(folder);
  let aside: string | undefined;
  let firstMade: string | undefined;
  try {
    const existed = isFolder(target);
    if (!existed) firstMade = fs.mkdirSync(dirname(target), { recursive: true });
    // beside a new folder, but within an old one, which may be a mount point: renaming must stay on one file system
    const place = existed ? target : dirname(target);
    aside = join(place, `.${basename(target)}-${randomBytes(4).toString('hex')}.part`);
    fs.mkdirSync(aside);
    for (const [name, contents] of Object.entries(files)) writeDurably(join(aside, name), contents);
    syncFolder(aside);
    if (existed || !renameWhole(aside, target)) moveFiles(Object.keys(files), aside, target);
    syncFolder(dirname(target));
  } catch (error) {
    if (aside) fs.rmSync(aside, { recursive: true, force: true });
    if (firstMade) removeEmptyFolders(dirname(target), firstMade);
    throw asFolderError(folder, flag, error);
  }
}

/** Whether a folder is there, or nothing; throws when a file is. */
function isFolder(path: string): boolean {
  const found = fs.statSync(path, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw new Error(`${path} is a file`);
  return found !== undefined;
}

/** False when somebody made the folder meanwhile and put files into it. */
function renameWhole(aside: string, target: string): boolean {
  try {
    fs.renameSync(aside, target);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error))) return false;
    throw error;
  }
}

function moveFiles(names: readonly string[], aside: string, target: string): void {
  for (const name of names) {
    if (fs.lstatSync(join(target, name), { throwIfNoEntry: false })?.isDirectory()) {
      throw new Error(`${name} in it is a folder`);
    }
  }
  for (const name of names) fs.renameSync(join(aside, name), join(target, name));
  syncFolder(target);
  fs.rmdirSync(aside);
}

function writeDurably(path: string, contents: Uint8Array | string): void {
  const file = fs.openSync(path, 'wx');
  try {
    fs.writeFileSync(file, contents);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Makes new names in a folder outlast a loss of power, on the systems that can. */
function syncFolder(folder: string): void {
  try {
    const handle = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Windows and some network disks cannot flush a folder; the files themselves are safe
  }
}

/** Removes a folder and those above it up to and with `last`, as long as they are empty. */
function removeEmptyFolders(folder: string, last: string): void {
  try {
    fs.rmdirSync(folder);
  } catch {
    return; // somebody else uses it by now
  }
  if (folder !== last) removeEmptyFolders(dirname(folder), last);
}

function asFolderError(folder: string, flag: string, error: unknown): CliError {
  const text = error instanceof Error ? error.message : String(error);
  const reason = reasons[systemErrorCode(error)] ?? text;
  const message = `${printable(folder)}: the output folder cannot be written, ${reason}; choose another with ${flag}`;
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
