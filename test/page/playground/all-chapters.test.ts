import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { placesOf, settled } from '../../support/page-places.ts';
import { expectAccessible, servePlayground } from '../../support/playground.ts';
import { seededRandom } from '../../support/seeded.ts';

const visit = servePlayground();

const heading = (page: Page) => page.locator('h1').textContent();

/** The parts of a link that have nothing to do with how the page looks. */
async function settingsOf(page: Page): Promise<Readonly<Record<string, string>>> {
  const [place = '', query = ''] = new URL(page.url()).hash.split('?');
  const { lang, theme, ...settings } = Object.fromEntries(new URLSearchParams(query));
  return { place, ...settings };
}

/** Follows a link in the page that is open. */
async function follow(page: Page, link: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
  await settled(page);
}

/** Han that touches Latin letters or digits, half-width punctuation after it, and spaces around the full-width one; formulas aside. */
function misprints(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node as HTMLElement;
      if (element.closest('math, script, style, textarea, .cm-editor') || !element.innerText) continue;
      if ([...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim())) {
        const copy = element.cloneNode(true) as HTMLElement;
        for (const other of copy.querySelectorAll('math, textarea, select, ul')) other.replaceWith('□');
        texts.push(copy.textContent ?? '', element.getAttribute('aria-label') ?? '', element.title);
      }
    }
    const wrong =
      /\p{sc=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{sc=Han}|\p{sc=Han}[,;:?!.()]|\d %|[，。；：、] +[^\s□]| [，。；：、]/u;
    return texts.filter((text) => wrong.test(text));
  });
}

const looks = [
  ['en', 'light'],
  ['en', 'dark'],
  ['zh', 'dark'],
  ['zh', 'light'],
] as const;

test('every chapter, the lab and the workbench: no barriers, complaints or sideways scrolling, in both languages and themes', async () => {
  const { page, complaints } = await visit('', { width: 360, height: 740 });
  const places = await placesOf(page);
  expect(places.length).toBe(12);
  const titles = new Set<string>();
  const backgrounds = new Set<string>();
  const misprinted: string[] = [];
  for (const place of places) {
    for (const [lang, theme] of looks) {
      const link = `${place}?lang=${lang}&theme=${theme}`;
      await follow(page, link);
      const seen = await page.evaluate(() => {
        const { scrollWidth, clientWidth, lang } = document.documentElement;
        const { backgroundColor } = getComputedStyle(document.body);
        return { sideways: scrollWidth - clientWidth, lang, backgroundColor };
      });
      expect(seen, link).toMatchObject({ sideways: 0, lang });
      await expectAccessible(page, link);
      expect(complaints, link).toEqual([]);
      if (lang === 'zh' && theme === 'light') misprinted.push(...(await misprints(page)));
      backgrounds.add(`${theme} ${seen.backgroundColor}`);
      titles.add((await heading(page)) ?? '');
    }
  }
  expect(titles.size, 'each has a title of its own in each language').toBe(2 * places.length);
  expect(misprinted).toEqual([]);
  expect(backgrounds.size, 'each theme has its background').toBe(2);
}, 240_000);

test('the whole tour goes by keyboard alone', async () => {
  const { page, complaints } = await visit('');
  const places = (await placesOf(page)).filter((place) => place.startsWith('#/tour/'));
  const seen: string[] = [];
  for (const place of places) {
    await expect.poll(() => page.locator('nav.contents [aria-current="page"]').getAttribute('href')).toContain(place);
    seen.push((await heading(page)) ?? '');
    await settled(page);
    if (place === places.at(-1)) break;
    await tabTo(page, 'a[rel="next"]');
    await page.keyboard.press('Enter');
    // who does not see the page hears the next title, and goes on from there
    const focused = () => page.evaluate(() => [document.activeElement?.tagName, document.activeElement?.textContent]);
    await expect.poll(focused).toEqual(['H1', expect.not.stringContaining(seen.at(-1) ?? '')]);
  }
  expect(new Set(seen).size).toBe(places.length);
  expect(await page.locator('a[rel="next"]').count()).toBe(0);
  expect(complaints).toEqual([]);
}, 120_000);

/** Presses Tab until the element is focused, as someone without a pointer does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`${selector} is not reached by Tab at ${page.url()}`);
}

test('another language keeps the place and every setting', async () => {
  const { page, complaints } = await visit('');
  const given = { picture: '3', seed: '5', iterations: '7', 'ig-steps': '9', l1: '0.25', baseline: 'mean' };
  for (const place of await placesOf(page)) {
    await follow(page, `${place}?${new URLSearchParams(given)}&lang=en`);
    const [before, title] = [await settingsOf(page), await heading(page)];
    expect(before).toEqual({ place, ...given });
    await page.getByLabel('Language', { exact: true }).selectOption('zh');
    await expect.poll(() => heading(page)).not.toBe(title);
    expect(await settingsOf(page)).toEqual(before);
    await page.getByLabel('语言', { exact: true }).selectOption('en');
    await expect.poll(() => heading(page)).toBe(title);
    expect(await settingsOf(page)).toEqual(before);
  }
  expect(complaints).toEqual([]);
}, 120_000);

describe('links that nobody wrote', () => {
  const alphabet = 'abz09AZ-_.,;:=&?#%/+ <>"\'\\é狗\u0000\u202e😀';

  /** Links with one to four faults each: letters put in, left out, changed or doubled, parts moved. */
  function mutated(links: readonly string[], count: number): string[] {
    const random = seededRandom(2020);
    const below = (n: number) => Math.floor(n * random());
    const faults: readonly ((link: string, at: number) => string)[] = [
      (link, at) => link.slice(0, at) + [...alphabet][below([...alphabet].length)] + link.slice(at),
      (link, at) => link.slice(0, at) + link.slice(at + 1 + below(4)),
      (link, at) => `${link.slice(0, at)}${String.fromCharCode(32 + below(95))}${link.slice(at + 1)}`,
      (link, at) => link + link.slice(at),
      (link, at) => link.slice(at) + link.slice(0, at),
      (link, at) => `${link.slice(0, at)}${'9'.repeat(1 + below(400))}${link.slice(at)}`,
    ];
    return Array.from({ length: count }, (_, i) => {
      let link = links[Math.floor((i * links.length) / count)] ?? '';
      for (let fault = 0; fault <= below(4); fault++) {
        link = faults[below(faults.length)]?.(link, below(link.length + 1)) ?? link;
      }
      return link;
    });
  }

  test('a thousand of them: the page always shows something to read, and its own link says it again', async () => {
    const { page, complaints } = await visit('');
    const query =
      'lang=zh&picture=3&target=5&baseline=noise&method=igos&mask-size=7x9&iterations=3&ig-steps=4&l1=0.1&tv=1&noise=0.2&seed=7&step=20&armijo=0.01';
    const links = (await placesOf(page)).map((place) => `${place}?${query}`);
    const wrong = await page.evaluate(
      async (hashes) => {
        const readable = () => (document.querySelector('h1')?.textContent ?? '').length > 0 && innerText().length > 200;
        const innerText = () => document.querySelector('main')?.textContent ?? '';
        // What comes after the tour is loaded when it is asked for.
        const becomesReadable = async () => {
          for (let looks = 0; looks < 300 && !readable(); looks++) await new Promise((done) => setTimeout(done, 10));
          return readable();
        };
        const follow = (hash: string) =>
          new Promise<void>((done) => {
            const before = location.href;
            location.hash = hash;
            if (location.href === before) return done();
            addEventListener('hashchange', () => setTimeout(done), { once: true });
          });
        const found: string[] = [];
        for (const hash of hashes) {
          await follow(hash);
          if (!(await becomesReadable())) found.push(`nothing to read after ${hash}`);
          const own = location.hash;
          await follow('#/');
          await follow(own);
          if (location.hash !== own) found.push(`${hash} -> ${own} -> ${location.hash}`);
        }
        return found;
      },
      mutated(links, 1000),
    );
    expect(wrong).toEqual([]);
    expect(complaints).toEqual([]);

    await page.evaluate(() => {
      location.hash = '#/tour/hiding-parts?lang=en';
    });
    // What the links before have asked for goes first.
    const score = page.locator('.meter output').first();
    await expect.poll(() => score.textContent(), { timeout: 60_000 }).toBe('100.0%');
  }, 180_000);
});
