import { expect, test } from 'vitest';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

test('the built page loads under its content policy, and begins with the first chapter', async () => {
  const { page, complaints } = await visit('');

  await expect.poll(() => page.title()).toBe('What the network sees · I-GOS');
  expect(await page.locator('h1').textContent()).toBe('What the network sees');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect.poll(() => page.locator('.bars tr').first().textContent()).toMatch(/^7\s*9\d\.\d%|^7\s*100\.0%/);
  expect(complaints).toEqual([]);
});

test('what a link says wrongly is told, and the rest of it holds', async () => {
  const { page } = await visit('#/tour/hiding-parts?model=none&picture=3&step=-1&lang=zh');
  await expect.poll(() => page.locator('.notice').textContent()).toContain('model、step');
  expect(await page.locator('html').getAttribute('lang')).toBe('zh');
  await expect.poll(() => page.locator('.meter label').first().textContent()).toContain('3');
});

test('the page forbids itself what it does not need: text as code, strangers, plug-ins', async () => {
  const { page } = await visit('');
  const attempts = await page.evaluate(async () => {
    const forbidden: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => forbidden.push(event.effectiveDirective));
    const attempt = (work: () => unknown) =>
      new Promise((done) => done(work())).then(() => 'worked').catch(() => 'failed');
    await new Promise((resolve) => setTimeout(resolve)); // until here a debugger may turn text into code
    const outcomes = [
      await attempt(() => new Function('return 1')()),
      await attempt(() => fetch('http://127.0.0.1:9/')),
      await attempt(() => import('data:text/javascript,export default 1' as string)),
    ];
    const add = (tag: string, attributes: Readonly<Record<string, string>>) => {
      document.body.append(Object.assign(document.createElement(tag), attributes));
    };
    add('script', { textContent: 'globalThis.wasRun = true' });
    add('img', { src: 'http://127.0.0.1:9/a.png' });
    add('object', { data: 'index.html', type: 'text/html' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { outcomes, forbidden: [...new Set(forbidden)].toSorted(), wasRun: 'wasRun' in globalThis };
  });
  expect(attempts).toEqual({
    outcomes: ['failed', 'failed', 'failed'],
    forbidden: ['connect-src', 'img-src', 'object-src', 'script-src', 'script-src-elem'],
    wasRun: false,
  });
});

test('the page can be installed: its manifest names an icon that is there', async () => {
  const { page, complaints } = await visit('');
  const found = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
    const manifest = await (await fetch(link!.href)).json();
    const icon = new Image();
    icon.src = new URL(manifest.icons[0].src, link!.href).href;
    await icon.decode();
    const start = new URL(manifest.start_url, link!.href).href;
    return { start, here: new URL('./', location.href).href, width: icon.naturalWidth, display: manifest.display };
  });
  expect(found.start).toBe(found.here);
  expect(found.width).toBeGreaterThan(0);
  expect(found.display).toBe('standalone');
  expect(complaints).toEqual([]);
});
