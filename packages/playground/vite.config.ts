import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { offline } from './offline/plugin.ts';

/** Shared memory between workers is only given to pages that are isolated from other origins. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const modelsFolder = fileURLToPath(new URL('../../models/', import.meta.url));

/** What of the folder of models the page shows, with the licences that go with it. */
const shownFiles = [
  /^digits\/(model\.json|group1-shard\w+\.bin|CREDITS\.md)$/,
  /^digits\/samples\/\d\.png$/,
  /^efficientnet-lite0\/(model\.json|labels\.json|group1-shard\w+\.bin|LICENSE|NOTICE\.md)$/,
  /^photos\/(\w+\.jpg|CREDITS\.md)$/,
];

const shown = readdirSync(modelsFolder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => shownFiles.some((pattern) => pattern.test(path)));

/** The bundled models and photos under `models/` beside the page, under their own names. */
function bundledModels(): Plugin {
  return {
    name: 'bundled-models',
    configureServer: ({ middlewares }) => {
      middlewares.use('/models', ({ url = '' }, response, next) => {
        const path = decodeURIComponent(url.split('?')[0] ?? '').slice(1);
        if (!shown.includes(path) || !existsSync(join(modelsFolder, path))) return next();
        createReadStream(join(modelsFolder, path)).pipe(response);
      });
    },
    generateBundle() {
      for (const path of shown) {
        this.emitFile({ type: 'asset', fileName: `models/${path}`, source: readFileSync(join(modelsFolder, path)) });
      }
    },
  };
}

/** While it is edited, Vite puts styles into the page, which the policy of the built page forbids. */
function stylesWhileEdited(): Plugin {
  const policy = "content=\"default-src 'self';";
  return {
    name: 'styles-while-edited',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(policy, `${policy} style-src 'self' 'unsafe-inline';`),
  };
}

/** Nobody should have to download these for later. */
const isLarge = (path: string) => /^(models\/(efficientnet-lite0|photos)\/|assets\/gpu-browser-)/.test(path);

export default defineConfig({
  base: './',
  plugins: [bundledModels(), stylesWhileEdited(), offline({ onceUsed: isLarge })],
  resolve: { conditions: ['@igos/source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700, license: { fileName: 'licenses.md' } },
});
