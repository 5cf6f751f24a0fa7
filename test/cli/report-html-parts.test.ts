import { describe, expect, test } from 'vitest';
import { iterationTicks, roundAxis } from '../../packages/cli/src/report/html/chart.ts';
import { duration, figure, measured, percent } from '../../packages/cli/src/report/html/format.ts';
import { framesOf } from '../../packages/cli/src/report/html/frames.ts';
import { describeMap } from '../../packages/cli/src/report/html/map-words.ts';
import { html, jsonForScript, trusted, untrustedName } from '../../packages/cli/src/report/html/markup.ts';
import { spread } from '../../packages/cli/src/report/html/spread.ts';
import { tokens } from '../../packages/cli/src/report/html/style/tokens.ts';
import { encodePicture } from '../../packages/cli/src/report/picture.ts';

describe('html', () => {
  test('escapes what is put in, for text and for attributes', () => {
    expect(html`<p title="${`"'`}">${'<b>&amp;</b>'}</p>`.text).toBe(
      '<p title="&quot;&#39;">&lt;b&gt;&amp;amp;&lt;/b&gt;</p>',
    );
  });

  test('takes markup as it is, alone or in lists, and drops what is not there', () => {
    expect(html`${html`<b>${'<'}</b>`}${[trusted('<i>'), '>', 0]}${false}${null}${undefined}`.text).toBe(
      '<b>&lt;</b><i>&gt;0',
    );
  });

  test('a name keeps its writing direction to itself', () => {
    expect(untrustedName('\u202e<').text).toBe('<bdi>\u202e&lt;</bdi>');
  });

  test('JSON cannot end the script around it, and reads back the same', () => {
    const value = { text: '</script><!--<script>' };
    expect(jsonForScript(value).text).not.toContain('<');
    expect(JSON.parse(jsonForScript(value).text)).toEqual(value);
  });
});

describe('numbers', () => {
  test.each([
    [0, '0%'],
    [0.0004, '<0.1%'],
    [0.12345, '12.3%'],
    [0.9999, '>99.9%'],
    [1, '100%'],
    [-0.25, '−25%'],
    [Number.NaN, '–'],
    [null, '–'],
    [undefined, '–'],
  ])('%f in percent is %s', (value, text) => expect(percent(value)).toBe(text));

  test.each([
    [15, '15'],
    [4652008, '4652008'],
    [0.1, '0.1'],
    [-12.34567, '−12.35'],
    [0.0001, '1×10⁻⁴'],
    [4.096e-6, '4.096×10⁻⁶'],
    [1.5e12 + 0.5, '1.5×10¹²'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('figure %f is %s', (value, text) => expect(figure(value)).toBe(text));

  test('a measured value shows all its digits', () => {
    expect([0.5, -0.00125, 3.7e-7, 0].map((value) => measured(value))).toEqual([
      '0.5000',
      '−0.001250',
      '3.700×10⁻⁷',
      '0',
    ]);
    expect(measured(0.13041, 3)).toBe('0.130');
  });

  test.each([
    [0.04213, '0.042 s'],
    [9.96, '10 s'],
    [59.6, '1 min 00 s'],
    [184.2, '3 min 04 s'],
  ])('%f seconds are %s', (value, text) => expect(duration(value)).toBe(text.replaceAll(' ', '\u00a0')));
});

describe('axes', () => {
  test('end on round numbers around all values', () => {
    const { place, ticks } = roundAxis([-3, 11.2]);
    expect(ticks.map(({ text }) => text)).toEqual(['−5', '0', '5', '10', '15']);
    expect(place(-5)).toBe(0);
    expect(place(5)).toBe(0.5);
  });

  test('begin at zero on demand', () => {
    expect(roundAxis([0.9, 0.97], { fromZero: true }).ticks.map(({ text }) => text)).toEqual([
      '0',
      '0.25',
      '0.5',
      '0.75',
      '1',
    ]);
  });

  test.each([[[0]], [[3]], [[-0.2, -0.2]]])('of equal values %j still have a length', (values) => {
    const { place, ticks } = roundAxis(values);
    expect(ticks.length).toBeGreaterThan(1);
    expect(place(values[0] as number)).toBeGreaterThanOrEqual(0);
    expect(place(values[0] as number)).toBeLessThanOrEqual(1);
  });

  test.each([
    [1, ['0', '1']],
    [12, ['0', '3', '6', '9', '12']],
    [15, ['0', '5', '10', '15']],
    [1000, ['0', '200', '400', '600', '800', '1000']],
  ])('of %i iterations have whole ticks', (last, texts) => {
    expect(iterationTicks(last).map(({ text }) => text)).toEqual(texts);
  });
});

describe('spread', () => {
  test('keeps all where they fit, else both ends and even gaps', () => {
    expect(spread(3, 5)).toEqual([0, 1, 2]);
    expect(spread(11, 6)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(spread(1001, 200)).toHaveLength(200);
    expect(spread(1001, 200).at(-1)).toBe(1000);
  });
});

describe('framesOf', () => {
  const keep = (grids: number[][], rows: number, columns: number) =>
    framesOf({ kind: 'keep-masks', rows, columns, grids });

  test('turns masks into saliency, each over its own range', () => {
    const { frames } = keep([[1, 1], [0.75, 0.25]], 1, 2); // biome-ignore format: one mask a line would hide the pair
    expect(frames.map(({ at, low, high, bytes }) => [at, low, high, ...bytes])).toEqual([
      [0, 0, 0, 0, 0],
      [1, 0.25, 0.75, 0, 255],
    ]);
  });

  test('keeps a saliency as it is, negative values too', () => {
    const { frames } = framesOf({ kind: 'saliency', rows: 1, columns: 3, grids: [[-1, 0, 3]] });
    expect(frames[0]).toEqual({ at: 0, low: -1, high: 3, bytes: Uint8Array.of(0, 64, 255) });
  });

  test('leaves out iterations of a long run, never the first or last', () => {
    const { frames } = keep(Array(1001).fill([1, 0]), 1, 2);
    expect(frames).toHaveLength(200);
    expect([frames[0]?.at, frames.at(-1)?.at]).toEqual([0, 1000]);
  });

  test('makes grids beyond the budget coarser, by the means of blocks', () => {
    const side = 400;
    const halves = Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? 1 : 0));
    const { rows, columns, frames } = keep(Array(20).fill(halves), side, side);
    expect(rows).toBe(150);
    expect(frames).toHaveLength(20);
    const [frame] = frames;
    expect([frame?.bytes[0], frame?.bytes[columns - 1]]).toEqual([0, 255]);
    expect(rows * columns * frames.length).toBeLessThanOrEqual(450_000);
  });
});

describe('describeMap', () => {
  const words = (values: number[], rows: number, columns: number) => {
    const sequence = framesOf({ kind: 'saliency', rows, columns, grids: [values] });
    return describeMap(sequence, sequence.frames[0] as (typeof sequence.frames)[0]);
  };

  test('says how far the heat spreads and where it lies', () => {
    const values = Array(36).fill(0);
    values[5] = 3; // first row, last column of six
    values[30] = 1; // last row, first column
    expect(words(values, 6, 6)).toBe(
      'Half of the heat lies in 3% of the photo. Of all heat: upper right 75%, lower left 25%.',
    );
  });

  test('what speaks against the class is cold', () => {
    expect(words([-5, 0, 1], 1, 3)).toContain('Of all heat: right');
  });

  test('a map below zero everywhere is hottest where it is greatest', () => {
    expect(words([-5, -4, -1], 1, 3)).toContain('Of all heat: right 80%, middle 20%.');
  });

  test('maps of one value', () => {
    expect(words([0, 0], 1, 2)).toBe('The map is empty: nothing stands out.');
    expect(words([0.75], 1, 1)).toBe('The map is 0.75 everywhere: no part of the photo stands out.');
  });
});

describe('encodePicture', () => {
  test.each([
    { from: [1120, 840], to: [560, 420] },
    { from: [4000, 1], to: [560, 1] },
    { from: [28, 28], to: [28, 28] },
  ] as const)('$from becomes $to', async ({ from, to }) => {
    const [width, height] = from;
    const picture = await encodePicture({ width, height, data: new Uint8Array(3 * width * height).fill(90) });
    expect([picture.width, picture.height]).toEqual(to);
    expect([...picture.bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  });
});

describe('the colours of the page', () => {
  /** Relative luminance of `#rrggbb`. @source WCAG 2.2 */
  const luminance = (colour: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const v = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: string, other: string) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  };
  const colours = [...tokens.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]);
  const themes = { light: colours.slice(0, colours.length / 2), dark: colours.slice(colours.length / 2) };

  test.each(Object.entries(themes))('%s: text reaches 4.5 to 1 on its ground, lines of charts 3 to 1', (_, pairs) => {
    const theme: Record<string, string> = Object.fromEntries(pairs);
    const ratio = (text: string, ground: string) => contrast(theme[text] as string, theme[ground] as string);
    for (const ground of ['paper', 'panel', 'passed']) {
      for (const text of ['ink', 'soft']) expect(ratio(text, ground)).toBeGreaterThan(4.5);
    }
    expect(ratio('ink', 'warn-ground')).toBeGreaterThan(4.5);
    expect(ratio('warn', 'warn-ground')).toBeGreaterThan(4.5);
    expect(ratio('on-accent', 'accent')).toBeGreaterThan(4.5);
    for (const line of ['score', 'l1', 'tv', 'accent']) expect(ratio(line, 'paper')).toBeGreaterThan(3);
  });
});
