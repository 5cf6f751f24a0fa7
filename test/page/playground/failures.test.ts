import { describe, expect, test } from 'vitest';
import { explain } from '../../support/lab-page.ts';
import { expectToldInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** Puts code before that of the workers whose address has this in it. */
const before = (name: RegExp, code: string): Parameters<typeof visit>[1] => ({
  prepare: (page) =>
    page.route(name, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${code}\n${await response.text()}` });
    }),
});

const engineWorker = /\/assets\/worker-/;

describe('a link that asks for what cannot be', () => {
  test.each([
    {
      what: 'a class by a name that is nearly right',
      query: 'model=efficientnet-lite0&target=tabby cut',
      says: { en: ['No class is called “tabby cut”. The nearest name is “tabby'], zh: ['没有名为“tabby cut”的类别'] },
    },
    {
      what: 'a class that is not there',
      query: 'target=12',
      says: {
        en: ['no class 12: the network has 10, numbered from 0 to 9'],
        zh: ['没有类别 12：网络共有 10 个类别，编号为 0 到 9'],
      },
    },
    {
      what: 'half of a difference',
      query: 'target=index:3',
      says: { en: ['for a difference index:3-5'], zh: ['两类之差写成 index:3-5'] },
    },
    {
      what: 'a model of somebody else',
      query: 'model=own',
      says: { en: ['a link cannot hold'], zh: ['链接无法携带模型'] },
    },
  ])('$what', async ({ query, says: { en, zh } }) => {
    const { page, complaints } = await visit(`#/tour/what-it-sees?${query}`);
    const told = page.locator('.subject [role="status"]');
    await expectToldInBoth(told, { en: ['That did not work. ', ...en], zh: ['出错了。', ...zh] });
    await page.getByLabel('Network', { exact: true }).selectOption('efficientnet-lite0');
    await page.getByLabel('Network', { exact: true }).selectOption('digits');
    await expect.poll(() => told.textContent()).toBe('');
    expect(complaints).toEqual([]);
  });

  test('a mask that is finer than the picture', async () => {
    const { page } = await visit('#/lab?mask-size=100');
    const button = page.getByRole('button', { name: 'Explain', exact: true });
    await expect.poll(() => button.isEnabled()).toBe(true);
    await button.click();
    await expectToldInBoth(page.locator('.run [role="status"]'), {
      en: ['The side of the mask does not go with this picture', /The error says: “a mask of 100x100 does not fit/],
      zh: ['掩码边长与这张图片不符', '错误原文：“a mask'],
    });
  });
});

test('a picture that cannot be downloaded', async () => {
  const { page } = await visit('#/tour/what-it-sees', {
    prepare: (page) => page.route('**/samples/3.png', (route) => route.abort()),
  });
  await page.getByLabel('Picture', { exact: true }).selectOption('3');
  await expectToldInBoth(page.locator('.subject [role="status"]'), {
    en: ['could not be downloaded. Without a network'],
    zh: ['图片下载失败。离线时'],
  });
  await page.getByLabel('Picture', { exact: true }).selectOption('4');
  await expect.poll(() => page.locator('.subject [role="status"]').textContent()).toBe('');
});

test('a part of the page that cannot be downloaded', async () => {
  const { page } = await visit('#/lab', {
    prepare: (page) => page.route('**/assets/lab-*.js', (route) => route.abort()),
  });
  await expectToldInBoth(page.locator('[role="alert"]'), {
    en: ['This part of the page could not be downloaded'],
    zh: ['页面的这一部分下载失败'],
  });
});

test('an engine that cannot be started: that is told at once, whatever is asked of it', async () => {
  const { page } = await visit('#/tour/what-it-sees', {
    prepare: (page) => page.route(engineWorker, (route) => route.abort()),
  });
  const told = page.locator('.subject [role="status"]');
  await expectToldInBoth(told, { en: ['could not be started'], zh: ['计算部分无法启动'] });
  await page.getByLabel('Picture', { exact: true }).selectOption('3');
  await expect.poll(() => told.textContent()).toContain('could not be started');
});

test.each([
  ['no memory to begin with', 'WebAssembly.Memory = class { constructor() { throw new RangeError("no"); } };'],
  ['no memory to grow', 'WebAssembly.Memory.prototype.grow = () => { throw new RangeError("no"); };'],
])('%s', async (_, code) => {
  const { page } = await visit('#/tour/what-it-sees', before(engineWorker, code));
  await expectToldInBoth(page.locator('.subject [role="status"]'), {
    en: ['no memory left to compute this'],
    zh: ['没有足够的内存完成计算'],
  });
});

test('what nobody has foreseen is quoted, as what it is: English', async () => {
  const { page } = await visit('#/tour/what-it-sees', before(engineWorker, 'self.createImageBitmap = undefined;'));
  const told = page.locator('.subject [role="status"]');
  await expectToldInBoth(told, {
    en: [/no words for.* The error says: “.*createImageBitmap.*”$/],
    zh: [/无法说明的错误.*错误原文：“.*createImageBitmap.*”$/],
  });
  expect(await told.locator('[lang="en"]').textContent()).toContain('createImageBitmap');
});

test('what a reader should know before trusting a run', async () => {
  const { page, complaints } = await visit(
    '#/lab?picture=3&iterations=2&baseline=blur&blur-size=1&blur-sigma=0.1&target=8',
  );
  await explain(page);
  await expectToldInBoth(page.locator('.result ul:not(.legend)'), {
    en: [/The baseline keeps the class \(probability \d+\.\d%, picture \d+\.\d%\)/, 'not sure of the class'],
    zh: [/基线仍保留该类别（概率 \d+\.\d%，图片为 \d+\.\d%）/, '没有把握'],
  });
  expect(complaints).toEqual([]);
});

test.each([
  {
    what: 'the last search of many',
    query: 'picture=9',
    says: {
      en: [/^In 1 of \d+ iterations the line search rejected every trial/, 'Nothing is broken. The run ended there'],
      zh: [/^\d+ 次迭代中有 1 次，线搜索拒绝了所有尝试/, '这并不是出错。运行到此结束'],
    },
  },
  {
    what: 'the only search',
    query: 'picture=7&step=20',
    says: { en: [/^In 1 of 1 iterations/, 'the mask says little'], zh: [/^1 次迭代中有 1 次/, '掩码说明不了什么'] },
  },
  {
    what: 'a search in a run that goes on',
    query: 'picture=7&noise=0.2',
    says: {
      en: [/^In \d+ of \d+ iterations/, 'the other iterations did their part'],
      zh: [/^\d+ 次迭代中有 \d+ 次/, '其余迭代照常改进了它'],
    },
  },
])('$what that failed: what it means for the mask', async ({ query, says }) => {
  const { page } = await visit(`#/lab?${query}`);
  await explain(page);
  await expectToldInBoth(page.locator('.result ul:not(.legend) li').first(), says);
});
