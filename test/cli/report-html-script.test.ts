import { colourTable, drawOverlay } from 'igos/pictures';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { pageScript } from '../../packages/cli/src/report/html/script/index.ts';
import { mapsScript } from '../../packages/cli/src/report/html/script/maps.ts';
import { paintScript } from '../../packages/cli/src/report/html/script/paint.ts';

interface PageFunctions {
  decodeBytes(base64: string): Uint8Array;
  upsample(
    grid: { rows: number; columns: number; values: ArrayLike<number> },
    size: { width: number; height: number },
  ): Float32Array;
  paintHeat(
    target: Uint8ClampedArray,
    photo: Uint8ClampedArray,
    layer: { heat: Float32Array; opacity: number; colours: Uint8Array },
  ): void;
  paintMasked(
    target: Uint8ClampedArray,
    photo: Uint8ClampedArray,
    layer: { saliency: Float32Array; baseline: Uint8ClampedArray },
  ): void;
}

const page: PageFunctions = new Function(
  `${mapsScript}${paintScript}\nreturn { decodeBytes, upsample, paintHeat, paintMasked };`,
)();

/** What the TypeScript compiler has to say about texts of JavaScript with JSDoc types that run in a browser. */
function typeErrors(sources: Record<string, string>): Record<string, string[]> {
  const options: ts.CompilerOptions = {
    ...{ allowJs: true, checkJs: true, strict: true, noEmit: true, skipLibCheck: true, types: [] },
    ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name in sources || fileExists(name);
  host.getSourceFile = (name, version) => {
    const source = sources[name];
    return source === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, source, version);
  };
  const program = ts.createProgram(Object.keys(sources), options, host);
  return Object.fromEntries(Object.keys(sources).map((name) => [name, errorsOf(program, name)]));
}

function errorsOf(program: ts.Program, name: string): string[] {
  const file = program.getSourceFile(name);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ messageText, start = 0 }) => {
    const line = file?.text.slice(0, start).split('\n').length;
    return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

describe('the script of the page', () => {
  test('passes the type checker, which sees mistakes when there are some', () => {
    const broken = pageScript.replace('startCharts();', 'startCharts(1); startChart(); noSuchFunction();');
    const errors = typeErrors({ 'page.js': pageScript, 'broken.js': broken });
    expect(errors['page.js']).toEqual([]);
    expect(errors['broken.js']).toHaveLength(3);
  });

  test('writes no HTML and runs no text', () => {
    expect(pageScript).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch|import\(/,
    );
  });
});

describe('upsample', () => {
  test('aligns corners: the first row of 2 × 2 in 4 × 4 is 0, 1/3, 2/3, 1', () => {
    const large = page.upsample({ rows: 2, columns: 2, values: [0, 1, 2, 3] }, { width: 4, height: 4 });
    const expected = [0, 1 / 3, 2 / 3, 1];
    for (const [x, value] of expected.entries()) {
      expect(large[x]).toBeCloseTo(value, 6);
      expect(large[4 * x]).toBeCloseTo(2 * value, 6);
    }
    expect(large[15]).toBe(3);
  });

  test('keeps rows and columns apart', () => {
    const large = page.upsample({ rows: 1, columns: 3, values: [0, 1, 4] }, { width: 5, height: 2 });
    expect([...large]).toEqual([0, 0.5, 1, 2.5, 4, 0, 0.5, 1, 2.5, 4]);
  });

  test('one cell fills everything, and one pixel takes the first cell', () => {
    expect([...page.upsample({ rows: 1, columns: 1, values: [7] }, { width: 2, height: 2 })]).toEqual([7, 7, 7, 7]);
    expect([...page.upsample({ rows: 2, columns: 2, values: [7, 1, 2, 3] }, { width: 1, height: 1 })]).toEqual([7]);
  });

  test('is the identity at its own size', () => {
    const values = Float32Array.from({ length: 12 }, (_, i) => i * i);
    expect(page.upsample({ rows: 3, columns: 4, values }, { width: 4, height: 3 })).toEqual(values);
  });
});

describe('painting', () => {
  const rgba = (...pixels: number[][]) => Uint8ClampedArray.from(pixels.flatMap((pixel) => [...pixel, 255]));

  test('heat at full opacity is the overlay that the command line draws', () => {
    const photo = { width: 5, height: 1, data: Uint8Array.from({ length: 15 }, (_, i) => 17 * i) };
    const heat = Float32Array.of(0, 51, 102, 204, 255).map((value) => value / 255);
    const overlay = drawOverlay(photo, { data: heat, shape: [1, 5] }, { x: 0, y: 0, width: 5, height: 1 });
    const target = new Uint8ClampedArray(20);
    const pixels = Array.from({ length: 5 }, (_, i) => [...photo.data.subarray(3 * i, 3 * i + 3)]);
    page.paintHeat(target, rgba(...pixels), { heat, opacity: 1, colours: colourTable });
    expect([...target].filter((_, i) => i % 4 < 3)).toEqual([...overlay.data]);
  });

  test('no opacity leaves the photo, and heat beyond 0..1 is cut', () => {
    const photo = rgba([10, 20, 30], [40, 50, 60]);
    const target = new Uint8ClampedArray(8);
    page.paintHeat(target, photo, { heat: Float32Array.of(0.5, 1), opacity: 0, colours: colourTable });
    expect(target).toEqual(photo);
    page.paintHeat(target, photo, { heat: Float32Array.of(-1, 2), opacity: 1, colours: colourTable });
    expect(target).toEqual(rgba([10, 20, 30], [...colourTable.subarray(765)]));
  });

  test('the masked image keeps 1 - saliency of the photo', () => {
    const target = new Uint8ClampedArray(12);
    const photo = rgba([100, 100, 100], [100, 100, 100], [100, 100, 100]);
    const baseline = rgba([0, 200, 50], [0, 200, 50], [0, 200, 50]);
    page.paintMasked(target, photo, { saliency: Float32Array.of(0, 0.25, 1), baseline });
    expect(target).toEqual(rgba([100, 100, 100], [75, 125, 88], [0, 200, 50]));
  });

  test('bytes travel in base64', () => {
    expect(page.decodeBytes(Buffer.from([0, 127, 255]).toString('base64'))).toEqual(Uint8Array.of(0, 127, 255));
  });
});
