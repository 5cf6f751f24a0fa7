// Puts the bundled models and photos into the package while it is packed: `models/` is a private workspace, and whoever
// installs @igos/cli gets them from here. `clean` takes them out again, so that the repository uses its own.
import { cpSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../../models', import.meta.url));
const target = fileURLToPath(new URL('../models', import.meta.url));
const folders = ['efficientnet-lite0', 'digits', 'photos'];

/** Programs and the crops for tests are of no use to who explains photos. */
const left = (path) => path.endsWith('.ts') || basename(path) === 'reference';

rmSync(target, { recursive: true, force: true });
if (process.argv[2] !== 'clean') {
  for (const folder of folders) {
    cpSync(`${source}/${folder}`, `${target}/${folder}`, { recursive: true, filter: (path) => !left(path) });
  }
}
