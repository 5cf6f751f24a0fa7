import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError, exitCodes } from '../errors.ts';
import { bundledFolder } from '../models.ts';

/** Files by their path in an address, without the slash before it: `assets/index.js`. */
export type ServedFiles = ReadonlyMap<string, string>;

/**
 * Every file of the built page, by its path in the address. The page inside of an installed package goes without the
 * models and photos, since the package has them anyway.
 *
 * @throws CliError with the exit code for failures where the page is not there
 */
export function pageFiles(): ServedFiles {
  const folder = pageFolder();
  const models = existsSync(join(folder, 'models')) ? [] : filesUnder(bundledFolder(), 'models/');
  return new Map([...models, ...filesUnder(folder)]);
}

/** Inside of an installed package, or where the repository builds it. */
function pageFolder(): string {
  const candidates = ['../../page', '../../../playground/dist'];
  const folders = candidates.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = folders.find((folder) => existsSync(join(folder, 'index.html')));
  if (found) return found;
  throw new CliError(
    'the page is missing from this installation: install @igos/cli again, or npm run build in the repository',
    exitCodes.failure,
  );
}

function filesUnder(folder: string, prefix = ''): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [prefix + relative(folder, path).split(sep).join('/'), path]);
}
