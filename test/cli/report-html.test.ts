import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ReportInput, renderReport } from '../../packages/cli/src/report/html.ts';
import { encodePicture } from '../../packages/cli/src/report/picture.ts';
import type { Report } from '../../packages/cli/src/report/report.ts';
import { dogReport } from '../support/report-fixture.ts';
import {
  integratedGradients,
  longestRun,
  namedByAnEnemy,
  oneCellAborted,
  uniform,
} from '../support/report-variants.ts';

let dog: ReportInput;
let page: string;
beforeAll(async () => {
  dog = await dogReport();
  page = renderReport(dog);
});

const withReport = (change: Partial<Report>): ReportInput => ({ ...dog, report: { ...dog.report, ...change } });
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((found) => found[1] as string);
const attributes = (text: string, name: string) => matches(text, new RegExp(`<[a-z][^<>]*\\s${name}="([^"]*)"`, 'g'));
const textOf = (html: string) => html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ');

describe('a page that stands alone', () => {
  test('names no address outside of itself', () => {
    expect(attributes(page, 'src').filter((address) => !/^data:image\/jpeg;base64,[\w+/=]+$/.test(address))).toEqual(
      [],
    );
    expect(attributes(page, 'href')).toEqual(['data:,']);
    expect(page).not.toMatch(/https?:|@import|url\(/);
  });

  test('lets only its own style sheet and script in, by their hashes', () => {
    const [policy] = matches(page, /http-equiv="Content-Security-Policy" content="([^"]*)"/g);
    const hash = (text: string | undefined) =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`;
    const [style] = matches(page, /<style>([\s\S]*?)<\/style>/g);
    const [script] = matches(page, /<script>([\s\S]*?)<\/script>/g);
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      'img-src data:',
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('needs no style attribute and no inline handler, which the policy would refuse', () => {
    expect(page).not.toMatch(/<[^<>]*\s(style|on\w+)=/);
  });

  test('is the same for the same run', async () => {
    expect(renderReport(await dogReport())).toBe(page);
  });

  test('stays below 2 MB for noise of any size, a thousand iterations and masks of 224 × 224', async () => {
    const side = 600;
    const noise = {
      width: side,
      height: side,
      data: Uint8Array.from(uniform(3 * side * side), (value) => 256 * value),
    };
    const picture = await encodePicture(noise);
    const large = renderReport({ ...longestRun(dog), photo: picture, baseline: picture });
    expect(large.length).toBeGreaterThan(1_000_000);
    expect(Buffer.byteLength(large)).toBeLessThan(2_000_000);
  });
});

describe('names that somebody else chose', () => {
  test('cannot become elements, wherever they stand', () => {
    const hostile = renderReport(namedByAnEnemy(dog));
    const tags = (html: string) => matches(html, /<(\w+)/g).sort();
    expect(tags(hostile)).toEqual(tags(page));
    expect(hostile).not.toContain('</script><img');
    expect(hostile.split('&lt;/script&gt;&lt;img').length - 1).toBeGreaterThan(8);
  });

  test('control characters are made visible', () => {
    const hostile = renderReport(withReport({ warnings: ['a\u0000b\u001bc\nd'] }));
    expect(hostile).toContain('a\ufffdb\ufffdc\nd');
  });
});

describe('what the page says', () => {
  test('the result in a sentence and figures', () => {
    const text = textOf(page).replace(/\s+/g, ' ');
    expect(text).toContain('Why “ German shepherd ”?');
    expect(text).toMatch(/probability of 97\.6% for German shepherd .*31\.1% of the photo’s area .* 0\.6% is left/);
    expect(text).toContain('deletion area 0.130 low is good');
    expect(text).toContain('insertion area 0.679 high is good');
  });

  test('a class of many names by the first, a file without its folders', () => {
    const target = { ...dog.report.target, label: 'German shepherd, alsatian' };
    const image = { ...dog.report.image, file: 'photos\\mine/dog.jpg' };
    const named = renderReport(withReport({ target, image }));
    expect(named).toContain('<title>German shepherd · dog.jpg · I-GOS</title>');
    expect(named).toContain('<h1>Why “<bdi>German shepherd</bdi>”?</h1>');
    expect(named).toContain('<dd><bdi>German shepherd, alsatian</bdi></dd>');
    expect(renderReport(withReport({ target: { ...target, index: null } }))).toContain(
      '“<bdi>German shepherd, alsatian',
    );
  });

  test('every setting, model, photo and target, once as a fact', () => {
    const facts = page.slice(page.indexOf('id="facts-heading"'));
    for (const [name, value] of [
      ['on failed search', '<bdi>keep</bdi>'],
      ['mask size', '28 × 28'],
      ['input shape', '224 × 224 × 3'],
      ['mean', '127, 127, 127'],
      ['armijo', '1×10⁻⁴'],
      ['crop', 'x 88, y 24, width 336, height 336'],
      ['time limit', '–'],
      ['label', '<bdi>German shepherd</bdi>'],
      ['searches without success', '0'],
      ['time', '3\u00a0min\u00a004\u00a0s'],
    ]) {
      expect(facts).toContain(`<dt>${name}</dt><dd>${value}</dd>`);
    }
    const settings = Object.keys(dog.report.options).length;
    expect(matches(facts.slice(facts.indexOf('>Settings<')), /(<dt>)/g)).toHaveLength(settings);
  });

  test('every trial of every search, the accepted one marked', () => {
    const { iterations } = dog.report;
    const table = page.slice(page.indexOf('class="trials"'), page.indexOf('id="guide-heading"'));
    expect(matches(table, /<tbody data-frame="(\d+)">/g)).toEqual([...Array(16).keys()].map(String));
    expect(matches(table, /(<td>yes<\/td>)/g)).toHaveLength(iterations.length);
    expect(matches(table, /(<td>no<\/td>)/g)).toHaveLength(iterations.reduce((sum, { trials }) => sum + trials - 1, 0));
    expect(table).toContain('<td>0.3113</td><td>0.01472</td><td>0.05161</td><td>−3.778×10⁻⁷</td><td>yes</td>');
  });

  test('warnings before anything else but the result', () => {
    const warned = renderReport(withReport({ warnings: ['The baseline keeps the class. Try --baseline black.'] }));
    expect(warned).toContain('<li><strong>The baseline keeps the class.</strong> Try --baseline black.</li>');
    expect(warned.indexOf('Mind this first')).toBeLessThan(warned.indexOf('id="pictures-heading"'));
    expect(page).not.toContain('Mind this first');
  });

  test.each([
    ['aborted', 'The run was stopped after 15 iterations of 20.'],
    ['time', 'The time limit ended the run after 15 iterations of 20.'],
  ] as const)('a run that was cut short: %s', (stopped, sentence) => {
    const options = { ...dog.report.options, iterations: 20 };
    expect(renderReport(withReport({ stopped, options }))).toContain(sentence);
  });

  test('a failed search, in the chart and the table', () => {
    const [first, ...others] = dog.report.iterations;
    if (!first) throw new Error('the fixture has no iterations');
    const failed = renderReport(withReport({ iterations: [{ ...first, failed: true, kept: true }, ...others] }));
    expect(failed).toContain('Iteration 1: none of 1 trial passed, the mask was kept');
    expect(matches(failed, /(class="mark")/g)).toHaveLength(1);
    expect(matches(failed, /(<td>yes<\/td>)/g)).toHaveLength(14);
  });

  test('scores as logits where those are explained', () => {
    const options = { ...dog.report.options, score: 'logit' as const };
    const logits = renderReport(withReport({ options, target: { ...dog.report.target, score: -11.146 } }));
    expect(textOf(logits)).toMatch(/logit of\s+−11\.15/);
  });
});

describe('runs with little to show', () => {
  test('a method without iterations has a map and no player', () => {
    const single = renderReport(integratedGradients(dog));
    expect(single).toContain('id="heat-canvas"');
    for (const absent of ['id="iteration"', 'id="masked-canvas"', 'class="trials"', 'What the search minimizes']) {
      expect(single).not.toContain(absent);
    }
  });

  test('a random map claims nothing', () => {
    const { report } = integratedGradients(dog);
    const random = { ...report, options: { ...report.options, method: 'random' } };
    const control = renderReport({ ...integratedGradients(dog), report: random });
    expect(control).toContain('This map is noise.');
    expect(control).not.toContain('What the network used');
  });

  test('no metrics', () => {
    expect(renderReport(withReport({ metrics: null }))).toContain('Deletion and insertion were not measured');
  });

  test.each<[string, (input: ReportInput) => ReportInput]>([
    ['one cell, one iteration, no metrics, aborted', oneCellAborted],
    ['no iterations', integratedGradients],
    ['curves of one point', (input) => ({ ...input, report: { ...input.report, metrics: onePoint } })],
    ['no final figures', (input) => ({ ...input, report: { ...input.report, final: nothing, start: null } })],
  ])('%s: no number that is none', (_, change) => {
    const text = renderReport(change(dog)).replace(/<script[\s\S]*?<\/script>/g, '');
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  const onePoint = { deletion: { auc: 0, curve: [0.5] }, insertion: { auc: 0, normalizedAuc: null, curve: [] } };
  const nothing = { objective: null, score: null, probability: null, area: null };
});

describe('maps that do not belong to the report', () => {
  test('too few', () => {
    const maps = { ...dog.maps, grids: dog.maps.grids.slice(1) };
    expect(() => renderReport({ ...dog, maps })).toThrow('a report of 15 iterations needs 16 maps, got 15');
  });

  test('of another size', () => {
    const maps = { ...dog.maps, rows: 27 };
    expect(() => renderReport({ ...dog, maps })).toThrow('a map of 27 × 28 has 756 values, got 784');
  });
});

describe('for readers who see little or nothing', () => {
  test('headings go down one level at a time from a single h1', () => {
    const levels = matches(page, /<h(\d)/g).map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.slice(1).entries()) expect(level - (levels[i] as number)).toBeLessThanOrEqual(1);
  });

  test('every id is there once, and every reference finds one', () => {
    const ids = attributes(page, 'id');
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...attributes(page, 'aria-labelledby'), ...attributes(page, 'for')];
    expect(references.length).toBeGreaterThan(8);
    for (const id of references) expect(ids).toContain(id);
  });

  test('every field, picture and drawing has a name', () => {
    const labelled = new Set(attributes(page, 'for'));
    for (const field of page.match(/<input[^>]*>/g) ?? []) {
      expect(field.includes('aria-label=') || labelled.has(attributes(field, 'id')[0] ?? '')).toBe(true);
    }
    for (const image of page.match(/<img[^>]*>/g) ?? []) expect(attributes(image, 'alt')[0]).toMatch(/\w/);
    for (const drawing of page.match(/<[^>]*role="img"[^>]*>/g) ?? []) expect(drawing).toMatch(/aria-label="[^"]/);
  });

  test('pictures keep their place before they are decoded', () => {
    for (const picture of page.match(/<(img|canvas)[^>]*>/g) ?? []) expect(picture).toMatch(/width="\d+" height="\d+"/);
  });
});
