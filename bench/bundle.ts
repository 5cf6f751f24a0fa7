import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = 'entry';

/** What a page would load whose one module has this code: bundled from the sources. */
export async function bundle(code: string, { minify }: { readonly minify: boolean }): Promise<Rolldown.OutputChunk> {
  const result = await build({
    ...{ configFile: false, logLevel: 'error', root },
    resolve: { conditions: ['@igos/source', 'module', 'browser', 'development|production'] },
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? fileURLToPath(new URL('entry.js', import.meta.url)) : null),
        load: (id) => (id.endsWith('/bench/entry.js') ? code : null),
      },
    ],
    build: {
      ...{ write: false, target: 'es2023', minify },
      rolldownOptions: {
        ...{ input: entry, preserveEntrySignatures: 'strict' },
        output: { format: 'es', minify, codeSplitting: false },
      },
    },
  });
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return output[0];
}
