import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import {
  expectAccessible,
  expectAccessibleInBoth,
  playgroundFolder,
  servePlayground,
} from '../../support/playground.ts';
import { serveFolder } from '../../support/static-server.ts';

const visit = servePlayground();

/** Pastes the code over what is there. */
async function write(page: Page, code: string): Promise<void> {
  const editor = page.locator('.cm-content');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await editor.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, code);
}

const written = (page: Page) => {
  return page.locator('.cm-content .cm-line').evaluateAll((lines) => lines.map((line) => line.textContent ?? ''));
};

const verdict = (page: Page) => page.locator('.check [role="status"]').textContent();

/** What the code says and what differences say along the random direction. */
async function slopes(page: Page): Promise<{ readonly claimed: number; readonly measured: number }> {
  const text = (await page.locator('.check li').first().textContent()) ?? '';
  const [claimed = '', measured = ''] = text.match(/-?\d[\d.,]*(?=,|\.)/g) ?? [];
  return { claimed: Number(claimed), measured: Number(measured) };
}

/** Errors by the length of the step, as the plot tells those who do not see it. */
async function errors(page: Page): Promise<number[]> {
  const cells = await page.locator('.check .unseen td').allTextContents();
  return cells.map(Number);
}

const term = (slope: string) => `export default () => ({
  regularizer: {
    value: (mask) => mask.reduce((sum, m) => sum + m ** 2, 0),
    gradient: (mask) => mask.map((m) => ${slope}),
  },
});
`;

describe('the derivative is checked', () => {
  test('a right one falls to rounding, one that is half of it stays half away at every step', async () => {
    const { page, complaints } = await visit('#/workbench');
    await write(page, term('2 * m'));
    await expect.poll(() => verdict(page)).toContain('Right: this is the derivative of the term');
    const right = await slopes(page);
    expect(right.claimed).toBe(right.measured);
    expect(Math.abs(right.claimed)).toBeGreaterThan(0.01);
    expect(Math.min(...(await errors(page)))).toBeLessThan(1e-10);

    await write(page, term('m'));
    await expect.poll(() => verdict(page)).toContain('Wrong: this is not the derivative of the term');
    const wrong = await slopes(page);
    expect(wrong.measured / wrong.claimed).toBeCloseTo(2, 4);
    const apart = await errors(page);
    expect(apart).toHaveLength(8);
    for (const error of apart) expect(error).toBeCloseTo(0.5, 3);
    expect(complaints).toEqual([]);
  });

  test.each([
    [
      'guided-backprop',
      'Wrong: this is not the derivative of the score',
      'return [select(greater(output, 0), grad, 0)];',
    ],
    ['direction', 'Right: this is the derivative of the average score along the path', undefined],
    ['regularizer', 'Right: this is the derivative of the term', undefined],
    ['by-hand', 'Right: this is the derivative of the term', undefined],
    ['path', 'Right: this is the derivative of the average score along the path', undefined],
  ])('example %s', async (name, said, mended) => {
    const { page, complaints } = await visit(`#/workbench?example=${name}&picture=3`);
    await expect.poll(() => verdict(page)).toContain(said);
    if (mended) {
      const lines = await written(page);
      await write(page, lines.map((line) => (line.includes('return [') ? mended : line)).join('\n'));
      await expect.poll(() => verdict(page)).toContain('Right: this is the derivative of the score');
      expect(Math.min(...(await errors(page)))).toBeLessThan(1e-8);
    }
    expect(complaints).toEqual([]);
  });

  test('a direction that forgets the factor of its path is nobody’s derivative', async () => {
    const { page } = await visit('#/workbench?example=direction');
    await expect.poll(() => verdict(page)).toContain('Right');
    const lines = await written(page);
    await write(page, lines.join('\n').replace('weights[s] * t * slope', 'weights[s] * slope'));
    await expect
      .poll(() => verdict(page))
      .toContain('not the derivative of the average score along the path, nor of the score');
  });
});

describe('what is wrong is told, and the page stays usable', () => {
  test('an endless loop is ended', async () => {
    const { page, complaints } = await visit('#/workbench?example=by-hand');
    await expect.poll(() => verdict(page)).toContain('Right');
    await write(page, 'export default () => {\n  for (;;);\n};\n');
    await expect.poll(() => verdict(page)).toContain('not done after 5 seconds');
    await page.getByRole('button', { name: 'Run both' }).click();
    await expect.poll(() => page.locator('.compare .progress').textContent()).toContain('Running');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => page.locator('.compare .fault').textContent()).toContain('You have stopped the code');
    await page.getByRole('button', { name: 'Back to the example' }).click();
    await expect.poll(() => verdict(page)).toContain('Right');
    expect(complaints).toEqual([]);
  });

  test('a syntax error is marked in its line, also when it is typed', async () => {
    const { page, complaints } = await visit('#/workbench?example=by-hand');
    await expect.poll(() => verdict(page)).toContain('Right');
    await page.locator('.cm-line').nth(2).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' const = 1;');
    await expect.poll(() => verdict(page)).toMatch(/^Line 3, column 41: this is no JavaScript \(SyntaxError: /);
    const marker = await page.locator('.cm-gutter-lint .cm-lint-marker-error').boundingBox();
    const line = await page.locator('.cm-line').nth(2).boundingBox();
    expect(Math.abs(marker!.y - line!.y)).toBeLessThan(line!.height / 2);
    expect(await page.locator('.cm-line').nth(2).locator('.cm-lintRange-error').textContent()).toBe('= 1;');
    expect(complaints).toEqual([]);
  });

  test.each([
    [
      'throws',
      'export default () => {\n  null.x;\n};\n',
      /^Line 2, column 8: the code ends with an error \(TypeError: /,
    ],
    [
      'throws later',
      'export default () => {\n  setTimeout(() => {\n    throw new Error("late");\n  });\n  return new Promise(() => undefined);\n};\n',
      /^Line 3, column 11: the code ends with an error \(Error: late\)/,
    ],
    ['gives nothing', 'export default () => undefined;\n', /^The function gives none of the parts/],
    ['is no function', 'export const x = 1;\n', /^The code has to end in a function/],
    ['gives NaN', term('NaN'), /^Regularizer\.gradient has a number that is not finite/],
    ['gives too few', term('m').replace('mask.map', 'mask.slice(1).map'), /gradient needs 196 numbers, and has 195/],
    [
      'builds a wrong shape',
      'export default ({ add, input }) => ({\n  rules: {\n    relu: ({ output }, grad) =>\n      [add(grad, input("x", [3, 7]))],\n  },\n});\n',
      /^Line 4, column \d+: the code ends with an error \(ShapeError: /,
    ],
    [
      'names no operation',
      'export default () => ({ rules: { rely: () => [null] } });\n',
      /nothing that is called “rely”.*relu/,
    ],
    [
      'has weights that are no average',
      'export default () => ({ path: (n) => ({ nodes: Array(n).fill(1), weights: Array(n).fill(1) }) });\n',
      /weights of the path sum to 4/,
    ],
  ])('code that %s', async (_, code, told) => {
    const { page, complaints } = await visit('#/workbench?example=by-hand');
    await expect.poll(() => verdict(page)).toContain('Right');
    await write(page, code);
    await expect.poll(() => verdict(page)).toMatch(told);
    await page.getByLabel('Example').selectOption('regularizer');
    await expect.poll(() => verdict(page)).toContain('Right');
    expect(complaints).toEqual([]);
  });
});

describe('beside the built-in one', () => {
  /** A row of the scores: yours, built-in. */
  async function row(page: Page, name: string): Promise<number[]> {
    const cells = await page.locator(`.scores [data-score="${name}"] td`).allTextContents();
    return cells.map(Number.parseFloat);
  }

  async function runBoth(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Run both' }).click();
    await page.locator('.scores').waitFor({ timeout: 30_000 });
  }

  test('the integrated gradient by hand makes the mask of the built-in one', async () => {
    const { page, complaints } = await visit('#/workbench?example=direction');
    await runBoth(page);
    const told = (await page.locator('.compare small').textContent()) ?? '';
    expect(Number(/differ by ([\d.]+) where/.exec(told)?.[1])).toBeLessThan(0.01);
    const [yours, builtIn] = await row(page, 'score');
    expect(yours).toBe(builtIn);
    expect(builtIn).toBeLessThan(60);
    expect(complaints).toEqual([]);
  });

  test('guided backpropagation gives another map and other scores than the gradient', async () => {
    const { page } = await visit('#/workbench?example=guided-backprop&picture=3');
    await runBoth(page);
    expect(await page.locator('.sides canvas').count()).toBe(2);
    const told = (await page.locator('.compare small').textContent()) ?? '';
    expect(Number(/differ by ([\d.]+) where/.exec(told)?.[1])).toBeGreaterThan(0.01);
    const [yours, builtIn] = await row(page, 'deletion');
    expect(yours).not.toBe(builtIn);
  });

  test.each(['regularizer', 'by-hand', 'path'])('example %s runs to the end', async (name) => {
    const { page, complaints } = await visit(`#/workbench?example=${name}`);
    await runBoth(page);
    const [yours, builtIn] = await row(page, 'area');
    expect(yours).toBeGreaterThan(0);
    expect(yours).not.toBe(builtIn);
    expect(complaints).toEqual([]);
  });
});

test('the code is in the link, as it stands, up to a length that is told', async () => {
  const { page, complaints } = await visit('#/workbench?example=by-hand');
  const code = `${term('2 * m')}// 导数 é 😀\n`;
  await write(page, code);
  await expect.poll(() => new URL(page.url()).hash).toContain('code=');
  const again = await visit(new URL(page.url()).hash);
  await expect.poll(() => written(again.page)).toEqual(code.split('\n'));
  await expect.poll(() => verdict(again.page)).toContain('Right');

  await write(page, `${code}//${'x'.repeat(4000)}\n`);
  await expect.poll(() => page.locator('.too-long').textContent()).toContain('a link holds 4000');
  expect(new URL(page.url()).hash).not.toContain('code=');
  await expect.poll(() => verdict(page)).toContain('Right');
  expect([...complaints, ...again.complaints]).toEqual([]);
});

test('the operations that are told of are there', async () => {
  const { page } = await visit('#/workbench');
  await page.getByText('What code can give and use').click();
  const names = ((await page.locator('.operations').textContent()) ?? '').split(', ');
  expect(names.length).toBeGreaterThan(20);
  const list = JSON.stringify(names);
  const code = `export default (ag) => {\n  const missing = ${list}.filter((name) => typeof ag[name] !== 'function');\n  throw new Error(\`missing: \${missing.join()}\`);\n};\n`;
  await write(page, code);
  await expect.poll(() => verdict(page)).toContain('(Error: missing: )');
});

test('code has neither network nor storage', async () => {
  const { page } = await visit('#/workbench');
  const names = [
    ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'caches', 'indexedDB'],
    ...['webkitRequestFileSystem', 'webkitRequestFileSystemSync'],
  ];
  const list = names.map((name) => `typeof ${name}`).join(', ');
  await write(page, `export default () => {\n  throw new Error([${list}, typeof navigator.storage].join());\n};\n`);
  await expect
    .poll(() => verdict(page))
    .toContain(
      `(Error: ${Array(names.length + 1)
        .fill('undefined')
        .join()})`,
    );
});

test('code cannot answer in the place of the check', async () => {
  const { page } = await visit('#/workbench?example=by-hand');
  await expect.poll(() => verdict(page)).toContain('Right');
  const forge = `const { postMessage } = MessagePort.prototype;
MessagePort.prototype.postMessage = function () {
  postMessage.call(this, { fault: { what: 'thrown', message: 'forged' } });
};
`;
  await write(page, forge + term('m'));
  await expect.poll(() => verdict(page)).toContain('Wrong: this is not the derivative of the term');
});

/** Tries each way out, `a` being an address, and says which were open. */
const tryWaysOut = (addresses: readonly string[]) => `export default async () => {
  const ways = {
    fetch: (a) => fetch(a, { mode: 'no-cors' }),
    import: (a) => import(a),
    'import of a module that imports': (a) => {
      const code = \`export * from "\${a}"\`;
      return import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    },
    socket: (a) => new WebSocket(a.replace('http', 'ws')),
    source: (a) => new EventSource(a),
    beacon: (a) => navigator.sendBeacon(a, 'secret'),
    worker: (a) => new Worker(a, { type: 'module' }),
  };
  const open = [];
  for (const address of ${JSON.stringify(addresses)}) {
    for (const [name, way] of Object.entries(ways)) {
      const ended = async () => way(address);
      await ended().then(() => open.push(name + ' ' + address), () => undefined);
    }
  }
  throw new Error('open: ' + open.join() + '.');
};
`;

test.each(['/', '/some/folder/'])(
  'nothing leaves the page, not even to its own server, served at %s',
  async (below) => {
    const heard: string[] = [];
    const outside = createServer(({ url = '' }, response) => {
      heard.push(url);
      response.writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' });
      response.end('export default 1');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const own = await serveFolder(join(playgroundFolder, 'dist'), below);
    const browser = await chromium.launch(inject('launchOptions'));
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${own.address}#/workbench?example=by-hand`);
    await expect.poll(() => verdict(page)).toContain('Right');
    const before = own.sent.length;
    const script = own.sent.find(({ path }) => path.includes('bench-worker'))?.path;
    const port = (outside.address() as AddressInfo).port;
    await write(page, tryWaysOut([`http://127.0.0.1:${port}/secret.js`, `${own.address}${script}?secret`]));
    await expect.poll(() => verdict(page)).toContain('(Error: open: .)');
    expect(heard).toEqual([]);
    expect(own.sent.slice(before).map(({ path }) => path)).toEqual([]);
    await browser.close();
    await own.close();
    outside.close();
  },
);

test('without a network it works after the first visit', async () => {
  const folder = await serveFolder(join(playgroundFolder, 'dist'), '/some/folder/');
  const browser = await chromium.launch(inject('launchOptions'));
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(folder.address);
  const isKept = () => first.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  await expect.poll(isKept).toBe(true);
  await first.close();
  await context.setOffline(true);
  await folder.close();
  const page = await context.newPage();
  await page.goto(`${folder.address}#/workbench?example=by-hand`);
  await expect.poll(() => verdict(page)).toContain('Right');
  await browser.close();
});

test('all of it goes by keyboard', async () => {
  const { page } = await visit('#/workbench?example=by-hand');
  await expect.poll(() => verdict(page)).toContain('Right');
  await page.getByLabel('Picture').focus();
  await page.keyboard.press('Tab');
  const inEditor = () => {
    return page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'));
  };
  expect(await inEditor()).toBe('Code, in JavaScript');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('nothing;');
  await expect.poll(() => verdict(page)).toMatch(/^Line 1, column 1: .*ReferenceError: nothing is not defined/);
  for (const _ of 'nothing;') await page.keyboard.press('Backspace');
  await expect.poll(() => verdict(page)).toContain('Right');
  for (const next of ['What code can give and use', 'Run both']) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(next);
  }
  await page.keyboard.press('Enter');
  await page.locator('.scores').waitFor();
});

test('the editor is downloaded when a reader comes to it', async () => {
  const { page } = await visit('');
  await expect.poll(() => page.locator('.bars tr').first().textContent()).toContain('7');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('link', { name: 'The workbench' }).click();
  await page.locator('.cm-content').waitFor();
  expect(asked.some((url) => /workbench-[^/]*\.js$/.test(url))).toBe(true);
  await expect.poll(() => page.title()).toBe('The workbench · I-GOS');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

test('there is no barrier in either language, with a verdict, scores or a mistake', async () => {
  const { page } = await visit('#/workbench?example=direction', { height: 1400 });
  await expect.poll(() => verdict(page)).toContain('Right');
  await page.getByRole('button', { name: 'Run both' }).click();
  await page.locator('.scores').waitFor({ timeout: 30_000 });
  await page.getByText('What code can give and use').click();
  await expectAccessibleInBoth(page);
  expect(await verdict(page)).toContain('正确：这是沿路径的平均得分的导数');
  await write(page, 'export default () => {\n  const = 1;\n};\n');
  await expect.poll(() => verdict(page)).toMatch(/^第 2 行第 9 列：这不是合法的 JavaScript/);
  await expectAccessible(page);
});
