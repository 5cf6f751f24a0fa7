import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import type { Kept } from './kept.ts';

const worker = 'service-worker.js';

/**
 * Writes `service-worker.js` beside the built page, with the list of everything that the page is made of.
 *
 * @param onceUsed  which files are large, and kept only when the reader has used them
 */
export function offline({ onceUsed }: { readonly onceUsed: (path: string) => boolean }): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: join(import.meta.dirname, 'service-worker.ts'), fileName: worker });
    },
    async writeBundle({ dir = '' }) {
      const files = readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .filter((file) => file !== worker);
      const entries = await Promise.all(
        files.toSorted().map(async (file) => {
          const hash = createHash('sha256').update(await readFile(join(dir, file)));
          return [file === 'index.html' ? '' : file, hash.digest('hex').slice(0, 16)] as const;
        }),
      );
      const kept: Kept = {
        atOnce: Object.fromEntries(entries.filter(([path]) => !onceUsed(path))),
        onceUsed: Object.fromEntries(entries.filter(([path]) => onceUsed(path))),
      };
      const code = await readFile(join(dir, worker), 'utf8');
      await writeFile(join(dir, worker), `const kept = ${JSON.stringify(kept)};\n${code}`);
    },
  };
}
