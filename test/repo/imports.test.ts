import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, packagesReachedFrom, root, sourcesOf } from './modules.ts';

/** Playground and command line stand on igos, igos stands on autograd, and never the other way. */
const mayImport: Record<string, string[]> = {
  'packages/autograd': [],
  'packages/igos': ['@igos/autograd'],
  'packages/cli': ['@igos/autograd', 'igos'],
  'packages/playground': ['@igos/autograd', 'igos'],
};

/** Entries that must load in a page and without gpu.js. */
const portableEntries = [
  'packages/autograd/src/index.ts',
  'packages/autograd/src/tfjs/index.ts',
  'packages/autograd/src/browser/index.ts',
  'packages/igos/src/index.ts',
];

const ours = (specifier: string) => /^(igos|@igos\/[^/]+)/.exec(specifier)?.[0];

describe.each(Object.entries(mayImport))('%s', (folder, allowed) => {
  test('imports only workspaces below it', () => {
    const wrong = sourcesOf(join(folder, 'src')).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => ours(specifier) && !allowed.includes(ours(specifier) ?? ''))
        .map((specifier) => `${relative(root, file)} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('lists every package it imports in its package.json', () => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const listed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const unlisted = sourcesOf(join(folder, 'src')).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !/^(\.|\/|node:)/.test(specifier))
        .filter((specifier) => !listed.some((name) => specifier === name || specifier.startsWith(`${name}/`)))
        .map((specifier) => `${relative(root, file)} imports ${specifier}`),
    );
    expect(unlisted).toEqual([]);
  });
});

test.each(portableEntries)('%s reaches neither gpu.js nor anything of Node', (entry) => {
  const platformOnly = [...packagesReachedFrom(entry)].filter(([specifier]) =>
    /^(node:|gpu\.js|@igos\/autograd\/(gpu|node))/.test(specifier),
  );
  expect(platformOnly).toEqual([]);
});

test('only the gpu folder of autograd names gpu.js', () => {
  const named = Object.keys(mayImport)
    .flatMap((folder) => sourcesOf(join(folder, 'src')))
    .filter((file) => importsOf(file).includes('gpu.js'));
  expect(named.filter((file) => !/packages\/autograd\/src\/(.*\/)?gpu/.test(file))).toEqual([]);
});
