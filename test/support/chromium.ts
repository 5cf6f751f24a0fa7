import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** WebGL2 and WebGPU through the software renderer, so that machines without a GPU run the same tests. */
export const chromiumFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

const debianChromium = '/usr/bin/chromium';
const cache = resolve(dirname(fileURLToPath(import.meta.url)), '../../node_modules/.cache/chromium');

/**
 * How to start a Chromium: `CHROMIUM_PATH`, else Debian's, else the one from npm (Linux x64), else an installed Chrome.
 *
 * @returns launch options for Playwright; undefined when there is none and the tests may be skipped
 * @throws when `CHROMIUM_PATH` names no file, or when there is none and `CI` is set
 */
export async function findChromium(): Promise<{ executablePath: string } | { channel: 'chrome' } | undefined> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist`);
    return { executablePath: chosen };
  }
  if (existsSync(debianChromium)) return { executablePath: debianChromium };
  const bundled = await chromiumFromNpm();
  if (bundled) return { executablePath: bundled };
  if (await chromeIsInstalled()) return { channel: 'chrome' };

  const advice = 'No Chromium found: set CHROMIUM_PATH to one, or install it (apt-get install chromium).';
  if (process.env.CI) throw new Error(advice);
  console.warn(`${advice} The browser tests are skipped.`);
  return undefined;
}

/**
 * Unpacks the browser of @sparticuz/chromium once. It unpacks into the temporary folder and takes whatever file it
 * finds there, so it gets a folder of its own, which is renamed when complete: two runs at once cannot share a half.
 */
async function chromiumFromNpm(): Promise<string | undefined> {
  const executable = join(cache, 'chromium');
  if (existsSync(executable)) return executable;
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const optional: string = '@sparticuz/chromium'; // a variable, or the bundler of the config complains where it is absent
  const found: typeof import('@sparticuz/chromium') | undefined = await import(optional).catch(() => undefined);
  if (!found) return undefined;

  await mkdir(dirname(cache), { recursive: true });
  const own = await mkdtemp(`${cache}-`);
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = own;
  try {
    await found.default.executablePath();
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
  await rename(own, cache).catch(() => rm(own, { recursive: true })); // another run was faster
  return executable;
}

async function chromeIsInstalled(): Promise<boolean> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ channel: 'chrome' }).then(
    (browser) => browser.close().then(() => true),
    () => false,
  );
}
