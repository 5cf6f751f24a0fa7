/**
 * Writes a picture of every place of the built page, in three widths and both languages and themes, to be looked at:
 * test/page/__screenshots__/.
 *
 *   npm run screenshots              all of them
 *   npm run screenshots -- gradient  those whose name holds this word
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { preview } from 'vite';
import { chromiumFlags, findChromium } from './support/chromium.ts';
import { placesOf, settled } from './support/page-places.ts';

const root = join(import.meta.dirname, '../packages/playground');
const folder = join(import.meta.dirname, 'page/__screenshots__');
const widths = [360, 768, 1440];
const looks = { 'en-light': '?lang=en&theme=light', 'zh-dark': '?lang=zh&theme=dark' };
const [wanted = ''] = process.argv.slice(2);

const found = await findChromium();
if (!found) throw new Error('there is no browser to take pictures with');
const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
const [address = ''] = server.resolvedUrls?.local ?? [];
const browser = await chromium.launch({ ...found, args: chromiumFlags });
await mkdir(folder, { recursive: true });
const page = await browser.newPage({ serviceWorkers: 'block' });
await page.goto(address);
for (const place of (await placesOf(page)).filter((link) => link.includes(wanted))) {
  for (const [look, query] of Object.entries(looks)) {
    await page.goto('about:blank'); // an address that differs after # alone would not be loaded
    await page.goto(address + place + query);
    await settled(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await walkThrough(page);
      const path = join(folder, `${place.slice(2).replaceAll('/', '-')}-${look}-${width}.png`);
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
      process.stdout.write(`${path}\n`);
    }
  }
}
await browser.close();
await server.close();

/** Down to the end and back, as a reader: an editor finds out how high its lines are once they are in sight. */
async function walkThrough(page: Page): Promise<void> {
  const screens = await page.evaluate(() => Math.ceil(document.documentElement.scrollHeight / innerHeight));
  for (let screen = screens; screen >= 0; screen--) {
    await page.evaluate((at) => scrollTo(0, at * innerHeight), screen);
    await page.waitForTimeout(100);
  }
}
