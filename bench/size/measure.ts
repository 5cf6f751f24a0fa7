import { gzipSync } from 'node:zlib';
import { bundle } from '../bundle.ts';
import type { Budget } from './budgets.ts';

export interface Size {
  readonly name: string;
  /** Bytes. */
  readonly minified: number;
  readonly gzip: number;
  readonly limit: number;
  readonly wanted: number;
  /** Bytes by folder of the sources before they were minified, the largest first. */
  readonly parts: readonly (readonly [folder: string, bytes: number])[];
}

/** Bundles what a page would, from the sources: the built files differ from them in nothing that is left. */
export async function measureSize({ name, code, limit, wanted }: Budget): Promise<Size> {
  const { code: minified, modules } = await bundle(code, { minify: true });
  const bytes = new Map<string, number>();
  for (const [file, { renderedLength }] of Object.entries(modules)) {
    const folder = folderOf(file);
    bytes.set(folder, (bytes.get(folder) ?? 0) + renderedLength);
  }
  const parts = [...bytes].filter(([, size]) => size > 0).sort(([, a], [, b]) => b - a);
  const sizes = { minified: Buffer.byteLength(minified), gzip: gzipSync(minified, { level: 9 }).length };
  return { name, ...sizes, limit, wanted, parts };
}

/** `packages/igos/src/problem/bilinear.ts` -> `igos/problem`; two folders of a package at most. */
function folderOf(file: string): string {
  const [, name = '', ...path] = file.slice(file.indexOf('/packages/')).replace('/src/', '/').split('/').slice(1);
  return [name, ...path.slice(0, -1).slice(0, 2)].join('/');
}

export function inKibibytes(bytes: number): number {
  return bytes / 1024;
}
