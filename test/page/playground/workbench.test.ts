import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import {
  expectAccessible,
  expectAccessibleInBoth,
  expectToldInBoth,
  playgroundFolder,
  servePlayground,
} from '../../support/playground.ts';
import { serveFolder } from '../../support/static-server.ts';

const visit = servePlayground();

const digitsFolder = join(playgroundFolder, '../../models/digits');

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
  const text = (await page.locator('.check [role="status"] li').first().textContent()) ?? '';
  const [, claimed, measured] = /slope (-?[\d.]+) by the code and (-?[\d.]+) by differences/.exec(text) ?? [];
  return { claimed: Number(claimed), measured: Number(measured) };
}

/** Errors by the length of the step, as the plot tells those who do not see it, without those of the bound. */
async function errors(page: Page): Promise<number[]> {
  const rows = page.locator('.check .unseen tr').filter({ hasNotText: 'bound' });
  return (await rows.locator('td').allTextContents()).map(Number);
}

/** By which it is coloured. */
const kindOfVerdict = (page: Page) => page.locator('.verdict').getAttribute('data-verdict');

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
    await expect.poll(async () => Math.abs((await slopes(page)).claimed)).toBeGreaterThan(0.01);
    expect(await verdict(page)).toContain('Right: this is the derivative of the term');
    const right = await slopes(page);
    expect(right.claimed).toBe(right.measured);
    expect(Math.min(...(await errors(page)))).toBeLessThan(1e-10);
    expect(await page.locator('.check [role="status"] li').textContent()).toMatch(
      /step: [\d.]+ × 10⁻¹[⁰¹²³⁴⁵]\. About 1\d digits agree\./,
    );
    expect(await kindOfVerdict(page)).toBe('right');

    await write(page, term('m'));
    await expect.poll(() => verdict(page)).toContain('Wrong: this is not the derivative of the term');
    const wrong = await slopes(page);
    expect(wrong.measured / wrong.claimed).toBeCloseTo(2, 4);
    const apart = await errors(page);
    expect(apart).toHaveLength(8);
    for (const error of apart) expect(error).toBeCloseTo(0.5, 3);
    expect(await page.locator('.check [role="status"] li').textContent()).toContain(
      '0.5. The two are apart by 50% of the larger one.',
    );
    expect(await kindOfVerdict(page)).toBe('wrong');
    expect(complaints).toEqual([]);
  });

  const right = 'Right: this is the derivative of';
  test.each([
    ['by-hand', `${right} the term`, 'Wrong: this is not the derivative of the term'],
    ['regularizer', `${right} the term`, `${right} the term`],
    [
      'direction',
      `${right} the average score along the path`,
      'Not the derivative of the average score along the path, nor of the score',
    ],
    ['path', `${right} the average score along the path`, `${right} the average score along the path`],
    [
      'guided-backprop',
      'Not the derivative of the score (before the softmax), and that is on purpose',
      `${right} the score`,
    ],
  ])('example %s, as it is and with what it says to try', async (name, said, changed) => {
    const { page, complaints } = await visit(`#/workbench?example=${name}&picture=3`);
    await expect.poll(() => verdict(page)).toContain(said);
    const before = { lines: await written(page), slopes: await slopes(page), link: page.url() };
    await page.getByRole('button', { name: 'Make this change' }).click();
    await expect.poll(() => verdict(page)).toContain(changed);
    await expect.poll(() => slopes(page)).not.toEqual(before.slopes);
    const least = Math.min(...(await errors(page)));
    if (changed.startsWith(right)) expect(least).toBeLessThan(1e-8);
    else expect(least).toBeGreaterThan(0.1);
    await page.getByRole('button', { name: 'Change it back' }).click();
    await expect.poll(() => slopes(page)).toEqual(before.slopes);
    expect(await written(page)).toEqual(before.lines);
    expect(page.url()).toBe(before.link);
    expect(complaints).toEqual([]);
  });

  test('what need not be a derivative is not called wrong, and code without the line has nothing to change', async () => {
    const { page } = await visit('#/workbench?example=guided-backprop');
    await expect.poll(() => verdict(page)).toContain('on purpose');
    expect(await kindOfVerdict(page)).toBe('other');
    await write(page, 'export default ({ mul }) => ({ rules: { relu: (_, grad) => [mul(2, grad)] } });\n');
    await expect.poll(() => verdict(page)).toContain('A rule may be so on purpose');
    expect(await kindOfVerdict(page)).toBe('other');
    expect(await page.getByRole('button', { name: 'Make this change' }).count()).toBe(0);
  });

  test('a change is made to what was typed the moment before', async () => {
    const { page } = await visit('#/workbench?example=by-hand');
    await expect.poll(() => verdict(page)).toContain('Right');
    await page.locator('.cm-line').first().click();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('// mine');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Make this change' }).click();
    await expect.poll(() => verdict(page)).toContain('Wrong');
    expect((await written(page)).slice(0, 4)).toEqual([
      '// mine',
      'export default () => {',
      '  const doubt = (m) => m * (1 - m);',
      '  const slope = (m) => 1 - m;',
    ]);
  });

  test('built-in parts can be handed back', async () => {
    const { page } = await visit('#/workbench');
    await write(page, 'export default (ag, igos) => ({ path: igos.pathRules.gauss });\n');
    await expect.poll(() => verdict(page)).toContain('the average score along the path');
    await write(page, 'export default (ag, igos) => ({ direction: igos.directions.plain });\n');
    await expect.poll(() => verdict(page)).toContain('Right: this is the derivative of the score');
  });
});

test('a network in other shards is read as well', async () => {
  const prepare = async (page: Page) => {
    await page.route('**/models/digits/*', async (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
      const [, part] = /^part-(\d)\.bin$/.exec(name) ?? [];
      if (part !== undefined) {
        const whole = await readFile(join(digitsFolder, 'group1-shard1of1.bin'));
        const half = 4 * Math.floor(whole.length / 8);
        return route.fulfill({ body: part === '1' ? whole.subarray(0, half) : whole.subarray(half) });
      }
      const document = await readFile(join(digitsFolder, 'model.json'), 'utf8');
      return route.fulfill({ body: document.replace('"group1-shard1of1.bin"', '"part-1.bin","part-2.bin"') });
    });
  };
  const { page, complaints } = await visit('#/workbench?example=direction', { prepare });
  await expect.poll(() => verdict(page)).toContain('Right');
  expect(Math.abs((await slopes(page)).measured)).toBeGreaterThan(0.01);
  expect(complaints).toEqual([]);
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
    await expect.poll(() => verdict(page)).toMatch(/^Line 3, column 41: this cannot stand here\..*“SyntaxError: .+”$/);
    const marker = await page.locator('.cm-gutter-lint .cm-lint-marker-error').boundingBox();
    const line = await page.locator('.cm-line').nth(2).boundingBox();
    expect(Math.abs(marker!.y - line!.y)).toBeLessThan(line!.height / 2);
    expect(await page.locator('.cm-line').nth(2).locator('.cm-lintRange-error').textContent()).toBe('= 1;');
    await page.locator('.cm-gutter-lint .cm-lint-marker-error').hover();
    const tip = page.locator('.cm-tooltip .cm-diagnostic');
    await expect.poll(() => tip.textContent()).toMatch(/^Line 3, column 41: this cannot stand here/);
    expect(await tip.locator('[lang="en"]').textContent()).toMatch(/^SyntaxError: /);
    expect(complaints).toEqual([]);
  });

  test.each([
    [
      'throws',
      'export default () => {\n  null.x;\n};\n',
      /^Line 2, column 8: a value is used as what it is not\..*“TypeError: .+”$/,
    ],
    [
      'throws later',
      'export default () => {\n  setTimeout(() => {\n    throw new Error("late");\n  });\n  return new Promise(() => undefined);\n};\n',
      /^Line 3, column 11: the code ends with an error\. The error says: “Error: late”$/,
    ],
    ['gives nothing', 'export default () => undefined;\n', /^The function gives none of the parts/],
    ['is no function', 'export const x = 1;\n', /^The code has to end in a function/],
    ['gives NaN', term('NaN'), /^Regularizer\.gradient has a number that is not finite/],
    ['gives too few', term('m').replace('mask.map', 'mask.slice(1).map'), /gradient needs 196 numbers, and has 195/],
    [
      'builds a wrong shape',
      'export default ({ add, input }) => ({\n  rules: {\n    relu: ({ output }, grad) =>\n      [add(grad, input("x", [3, 7]))],\n  },\n});\n',
      /^Line 4, column \d+: the code ends with an error\. The error says: “ShapeError: /,
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

describe('a slip is told in the reader’s language, with the words of the engine after it', () => {
  test.each([
    ['export default () => ({\n', 'Line 2, column 1: the code ends before it is complete', '代码还没写完就结束了'],
    [
      'export default () => {\n  Math.min(1, 2;\n};\n',
      'Line 2, column 15: a closing bracket is missing',
      '少了一个右括号',
    ],
    ['export default () => {\n  const a = “1”;\n};\n', 'Line 2, column 13: here is a sign', '不认识的符号'],
    ['const a = 1;\nconst a = 2;\n', 'Line 2, column 7: this name is declared a second time', '重复声明'],
    [
      'export default () => {\n  await 1;\n};\n',
      'Line 2, column 3: this word means something else',
      '必须是 async 函数',
    ],
    ['export default () => ({\n  a: 1\n  b: 2\n});\n', 'Line 3, column 3: this cannot stand here', '这里不能出现'],
    ['1 = 2;\n', 'Line 1, column 1: this is no JavaScript', '不是合法的 JavaScript'],
    ['export default () => mean(1);\n', 'Line 1, column 22: nothing has this name here', '没有叫这个名称的东西'],
    [
      'export default (ag) => ag.meen(1);\n',
      'Line 1, column 27: a value is used as what it is not',
      '往往是 undefined',
    ],
  ])('%j', async (code, en, zh) => {
    const { page } = await visit('#/workbench');
    await write(page, code);
    await expectToldInBoth(page.locator('.check .fault'), {
      en: [en, /“(Syntax|Reference|Type)Error: .+”$/],
      zh: [zh, /“.+”$/],
    });
    expect(await page.locator('.check .fault [lang="en"]').textContent()).toMatch(/^(Syntax|Reference|Type)Error: /);
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

  /** What is said of the largest difference. */
  const difference = async (page: Page) => (await page.locator('.compare small').textContent()) ?? '';

  test('the integrated gradient by hand makes the mask of the built-in one', async () => {
    const { page, complaints } = await visit('#/workbench?example=direction');
    await runBoth(page);
    const told = (await difference(page)).replace(' × 10⁻', 'e-').replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => {
      return String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit));
    });
    expect(Number(/The masks differ by ([\d.e-]+) in the cell/.exec(told)?.[1])).toBeLessThan(0.01);
    const [yours, builtIn] = await row(page, 'score');
    expect(yours).toBe(builtIn);
    expect(builtIn).toBeLessThan(60);
    expect(complaints).toEqual([]);
  });

  test('guided backpropagation gives another map and other scores than the gradient, until it is mended', async () => {
    const { page } = await visit('#/workbench?example=guided-backprop&picture=3');
    await expect.poll(() => verdict(page)).toContain('on purpose');
    expect(await page.getByLabel('Iterations').count()).toBe(0);
    await runBoth(page);
    expect(await page.locator('.sides canvas').count()).toBe(4);
    const [, apart, share] = /differ by ([\d.]+) at the pixel.* which is (\d+)% of/.exec(await difference(page)) ?? [];
    expect(Number(apart)).toBeGreaterThan(0.01);
    expect(Number(share)).toBeGreaterThan(10);
    const [yours, builtIn] = await row(page, 'deletion');
    expect(yours).not.toBe(builtIn);

    await page.getByRole('button', { name: 'Make this change' }).click();
    await expect.poll(() => page.locator('.scores').count()).toBe(0);
    await runBoth(page);
    expect(await difference(page)).toContain('differ by 0 at the pixel');
    expect((await row(page, 'deletion'))[0]).toBe(builtIn);
  });

  test('the usual stops of a path give the mask of the built-in one', async () => {
    const { page } = await visit('#/workbench?example=path');
    await runBoth(page);
    const [, apart] = /differ by ([\d.]+) in the cell/.exec(await difference(page)) ?? [];
    expect(Number(apart)).toBeGreaterThan(0.05);
    await page.getByRole('button', { name: 'Make this change' }).click();
    await expect.poll(() => page.locator('.scores').count()).toBe(0);
    await runBoth(page);
    expect(await difference(page)).toContain('The masks differ by 0 in the cell');
  });

  test('as many iterations as the link says', async () => {
    const { page } = await visit('#/workbench?example=regularizer');
    await runBoth(page);
    const long = await row(page, 'area');
    const slider = page.getByLabel('Iterations');
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.url()).toContain('iterations=1');
    await expect.poll(() => page.locator('.scores').count()).toBe(0);
    await runBoth(page);
    const short = await row(page, 'area');
    expect(short[0]).not.toBe(long[0]);
    expect(short[1]).not.toBe(long[1]);
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

test('all that is told of is there', async () => {
  const { page } = await visit('#/workbench');
  await page.getByText('What code can give and use').click();
  const listed = async (name: string) =>
    ((await page.locator(`[data-list="${name}"]`).textContent()) ?? '').split(', ');
  const [operations, rules] = [await listed('operations'), await listed('ruleNames')];
  const [parts, members] = [await listed('igosNames'), await listed('problemNames')];
  expect(operations.length).toBeGreaterThan(20);
  const code = `export default (ag, igos) => ({
  direction: ({ problem }) => {
    const at = (place, name) => name.split('.').reduce((all, key) => all?.[key], place);
    const missing = [
      ...${JSON.stringify(operations)}.filter((name) => typeof ag[name] !== 'function'),
      ...${JSON.stringify(parts)}.filter((name) => typeof at(igos, name) !== 'function'),
      ...${JSON.stringify(members)}.filter((name) => !(name in problem)),
    ];
    throw new Error('missing: ' + missing.join());
  },
});
`;
  await write(page, code);
  await expect.poll(() => verdict(page)).toContain('“Error: missing: ”');
  await write(page, 'export default () => ({ rules: { nothing: () => [null] } });\n');
  await expect.poll(() => verdict(page)).toContain('It has: ');
  const ofNetwork = /It has: (.*)\./.exec((await verdict(page)) ?? '')?.[1]?.split(', ') ?? [];
  expect(ofNetwork).toEqual(expect.arrayContaining(rules));
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
      `“Error: ${Array(names.length + 1)
        .fill('undefined')
        .join()}”`,
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
    await expect.poll(() => verdict(page)).toContain('“Error: open: .”');
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
  await expect
    .poll(() => verdict(page))
    .toMatch(/^Line 1, column 1: nothing has this name here.*“ReferenceError: nothing is not defined”/);
  for (const _ of 'nothing;') await page.keyboard.press('Backspace');
  await expect.poll(() => verdict(page)).toContain('Right');
  expect(await page.getByLabel('Iterations').count()).toBe(1);
  for (const next of ['Make this change', 'What code can give and use', '', 'Run both']) {
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
  await expect.poll(() => verdict(page)).toMatch(/^第 2 行第 9 列：这里不能出现这个内容/);
  await expectAccessible(page);
});
