// Puts the bundled models and photos and the built page into the package while it is packed: `models/` and the playground
// are private workspaces, and whoever installs @igos/cli gets them from here. `clean` takes them out again, so that the
// repository uses its own.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const modelFolders = ['efficientnet-lite0', 'digits', 'photos'];

/** Programs and the crops for tests are of no use to who explains photos. */
const left = (path) => path.endsWith('.ts') || basename(path) === 'reference';

const builtPage = at('../../playground/dist');

/** The page finds them beside it, `igos playground` in this package: they need not be in it twice. */
const isModels = (path) => path === `${builtPage}/models`;

for (const copied of ['../models', '../page']) rmSync(at(copied), { recursive: true, force: true });
if (process.argv[2] !== 'clean') {
  if (!existsSync(`${builtPage}/index.html`)) {
    throw new Error('the page that goes into the package is not built: npm run build');
  }
  for (const folder of modelFolders) {
    const filter = (path) => !left(path);
    cpSync(at(`../../../models/${folder}`), at(`../models/${folder}`), { recursive: true, filter });
  }
  cpSync(builtPage, at('../page'), { recursive: true, filter: (path) => !isModels(path) });
}
