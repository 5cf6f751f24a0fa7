import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { chromiumFlags, findChromium } from './test/support/chromium.ts';
const found = await findChromium();
const server = await preview({ root: 'packages/playground', logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
const browser = await chromium.launch({ ...found, args: chromiumFlags });
const page = await browser.newPage({ viewport: { width: Number(process.env.W ?? 1100), height: 900 } });
page.on('console', (m) => console.log('console', m.type(), m.text()));
page.on('pageerror', (e) => console.log('pageerror', e.message, e.stack?.slice(0, 500)));
const base = server.resolvedUrls!.local[0]!;
for (const [i, hash] of process.argv.slice(2).entries()) {
  await page.goto(base + hash); await page.waitForTimeout(Number(process.env.WAIT ?? 1500));
  await page.screenshot({ path: `/tmp/shot${i}.png`, fullPage: true });
}
await browser.close(); await server.close();
