import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Static, dynamic, type-only and side-effect imports and re-exports; comments are blanked first. */
const importPattern = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** Module specifiers that a TypeScript file names, in order of appearance. */
export function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/^\s*\/\/.*$/gm, ' ');
  return [...code.matchAll(importPattern)].map(([, specifier]) => specifier ?? '');
}

/** Every TypeScript file below a folder of the repository. */
export function sourcesOf(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(root, folder, file));
}

/** What a file pulls in, directly or through relative imports: package specifiers, each with the chain of files to it. */
export function packagesReachedFrom(entry: string): Map<string, string> {
  const reached = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (file: string, chain: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const here = `${chain} > ${relative(root, file)}`;
    for (const specifier of importsOf(file)) {
      if (!specifier.startsWith('.')) reached.set(specifier, here);
      else if (existsSync(resolve(dirname(file), specifier))) visit(resolve(dirname(file), specifier), here);
      else throw new Error(`${relative(root, file)} imports ${specifier}, which does not exist`);
    }
  };
  visit(join(root, entry), '');
  return reached;
}
