import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../../test/support/chromium.ts';
import { bundle } from '../bundle.ts';
import type { Group } from '../results/row.ts';
import { kernelRows } from '../rows/kernels.ts';
import type { PageOptions, RunInPage } from './page.ts';

const script = fileURLToPath(new URL('page.ts', import.meta.url));
const tfjsFolder = new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url);

const mark = 'chromium-';

/** The kernels again, in the thread of a page of the Chromium that the tests use. */
export const kernelsInPage: Group = {
  title: 'Kernels in Chromium',
  rows: kernelRows('chromium').map((row) => {
    return { ...row, id: `${mark}${row.id}`, measure: `Chromium: ${row.measure}` };
  }),
  run: async ({ rounds, quick, log, waitForQuiet }) => {
    const found = await findChromium();
    if (!found) throw new Error('no Chromium found: set CHROMIUM_PATH to one');
    // TensorFlow.js makes its workers from the text of its functions, which must keep their names.
    const { code } = await bundle(`import ${JSON.stringify(script)};`, { minify: false });
    const server = await serve(code);
    const browser = await chromium.launch({ ...found, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      page.on('console', (message) => log(message.text()));
      page.on('pageerror', ({ message }) => log(`error in the page: ${message}`));
      await page.exposeFunction('waitForQuiet', waitForQuiet);
      await page.goto(server.address);
      const outcomes = await page.evaluate(
        (options) => (globalThis as unknown as { runKernels: RunInPage }).runKernels(options),
        { rounds, quick } satisfies PageOptions,
      );
      return Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [`${mark}${id}`, outcome]));
    } finally {
      await browser.close();
      server.close();
    }
  },
};

/** A page isolated from other origins, whose clock is finer and which may share memory between threads. */
async function serve(program: string): Promise<{ readonly address: string; close(): void }> {
  const isolation = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  };
  const server = createServer(async ({ url = '/' }, response) => {
    const send = (type: string, content: Uint8Array | string) =>
      response.writeHead(200, { ...isolation, 'Content-Type': type }).end(content);
    if (url === '/')
      return send('text/html', '<!doctype html><title>igos</title><script type="module" src="/page.js"></script>');
    if (url === '/page.js') return send('text/javascript', program);
    const [file] = /^[\w-]+\.wasm$/.exec(url.replace('/tfjs/', '')) ?? [];
    if (!file) return response.writeHead(404).end();
    return send('application/wasm', await readFile(new URL(file, tfjsFolder)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}
