import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Budget } from './budgets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Size {
  readonly name: string;
  /** Bytes. */
  readonly minified: number;
  readonly gzip: number;
  readonly limit: number;
  readonly wanted: number;
  /** Minified bytes by folder of the sources, the largest first. */
  readonly parts: readonly (readonly [folder: string, bytes: number])[];
}

/** Bundles what a page would, from the sources: the built files differ from them in nothing that is left. */
export async function measureSize({ name, code, limit, wanted }: Budget): Promise<Size> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    ...{ bundle: true, minify: true, format: 'esm', write: false, metafile: true },
    ...{ absWorkingDir: root, conditions: ['@igos/source'] },
  });
  const [{ contents }] = outputFiles as [(typeof outputFiles)[0]];
  const [{ inputs }] = Object.values(metafile.outputs) as [(typeof metafile.outputs)[string]];
  const bytes = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = folderOf(file);
    bytes.set(folder, (bytes.get(folder) ?? 0) + bytesInOutput);
  }
  const parts = [...bytes].filter(([, size]) => size > 0).sort(([, a], [, b]) => b - a);
  return { name, minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length, limit, wanted, parts };
}

/** `packages/igos/src/problem/bilinear.ts` -> `igos/problem`; two folders of a package at most. */
function folderOf(file: string): string {
  const [, name = '', ...path] = file.replace('/src/', '/').split('/');
  return [name, ...path.slice(0, -1).slice(0, 2)].join('/');
}

export function inKibibytes(bytes: number): number {
  return bytes / 1024;
}
