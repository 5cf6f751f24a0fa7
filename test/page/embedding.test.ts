import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { createWasmBackend } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { baselines, createMaskProblem, explain, explainToEnd, makeBaseline, scoreOfModel } from 'igos';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Explained } from './embedded/explain-digit.ts';

const root = new URL('../../', import.meta.url).pathname;
const here = new URL('./embedded/', import.meta.url).pathname;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

const policy = (script: string, worker: string) =>
  `default-src 'self'; script-src ${script}; worker-src ${worker}; object-src 'none'; base-uri 'none'`;
const withBlobs = policy("'self' 'wasm-unsafe-eval' blob:", "blob: 'self'");
const withoutBlobs = policy("'self' 'wasm-unsafe-eval'", "'self'");

const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/isolated': { ...isolated, 'Content-Security-Policy': withBlobs },
  '/alone': { 'Content-Security-Policy': withBlobs },
  '/strict': { ...isolated, 'Content-Security-Policy': withoutBlobs },
};

let server: Server;
let browser: Browser;
let expected: string;

beforeAll(async () => {
  const files = new Map<string, string>();
  const results = await build({
    configFile: false,
    logLevel: 'error',
    root: here,
    resolve: { conditions: ['@igos/source', 'module', 'browser', 'development|production'] },
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      rollupOptions: {
        input: { page: join(here, 'page.ts'), worker: join(here, 'worker.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  for (const { output } of [results].flat() as { output: { fileName: string; type: string; code?: string }[] }[]) {
    for (const { fileName, code } of output) if (code !== undefined) files.set(`/${fileName}`, code);
  }
  server = createServer(async ({ url = '' }, response) => {
    const [, folder = '', rest = ''] = /^(\/[^/]+)(\/.*)$/.exec(url) ?? [];
    const headers = { 'Content-Type': types[extname(rest)] ?? 'application/octet-stream', ...pages[folder] };
    const page = '<!doctype html><title>embedded</title><script type="module" src="./page.js"></script>';
    const body =
      rest === '/index.html' ? page : (files.get(rest) ?? (await readFile(join(root, rest)).catch(() => undefined)));
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch(inject('launchOptions'));
  expected = await maskInNode();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** The same explanation on the calling thread of Node. */
async function maskInNode(): Promise<string> {
  const model = await loadModel(folderReader(join(root, 'models/digits')));
  const data = Float32Array.from({ length: 784 }, (_, i) => (i % 28 > 12 && i % 28 < 16 ? 1 : 0));
  const image = { data, shape: [28, 28, 1] };
  const problem = createMaskProblem({
    score: scoreOfModel(model, { target: { kind: 'index', index: 1 } }),
    ...{ image, baseline: makeBaseline(baselines.blur, image), backend: createWasmBackend({ multiplyAdd: false }) },
  });
  const { mask } = await explainToEnd(explain(problem, { iterations: 2 }));
  return Buffer.from(mask.data.buffer).toString('hex');
}

async function explainIn(folder: string, hash: string): Promise<{ result: Explained; errors: string[] }> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}${folder}/index.html${hash}`);
  const text = await page.waitForFunction(() => document.body?.dataset.result, undefined, { timeout: 30_000 });
  const shown = (await text.jsonValue()) ?? '';
  await page.close();
  expect(shown).not.toContain('failed');
  return { result: JSON.parse(shown), errors };
}

describe.each(['', '#worker'])('an embedding page, minified by Vite, that computes in its %s thread', (hash) => {
  test.each([
    { folder: '/isolated', kind: 'isolated from other origins', threads: 2, shared: true },
    { folder: '/alone', kind: 'not isolated', threads: 2, shared: false },
    { folder: '/strict', kind: 'isolated, whose policy forbids blob:', threads: 0, shared: true },
  ])('$kind: $threads threads, and the bytes of Node', async ({ folder, threads, shared }) => {
    const { result, errors } = await explainIn(folder, hash);
    expect(result.mask).toBe(expected);
    expect(result.threads).toBe(threads);
    if (threads > 0) expect(result.shared).toBe(shared);
    expect(errors).toEqual([]);
  });
});
