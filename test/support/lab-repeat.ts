import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import schema from '../../packages/cli/schema/report.schema.json' with { type: 'json' };
import type { Report } from '../../packages/cli/src/report/report.ts';
import { igos } from './igos-cli.ts';
import { schemaErrors } from './json-schema.ts';
import { download, printedCommand } from './lab-page.ts';

/**
 * Runs the command line and the code that the page prints for its result, in a folder with the files that they name: they
 * have to give the same bytes as the page.
 *
 * @param files  that the page offers for the code to read
 */
export async function expectRepeated(page: Page, folder: string, files: readonly string[] = []): Promise<Report> {
  const [mask, saliency] = [await download(page, 'mask.npy'), await download(page, 'saliency.npy')];
  const report: Report = JSON.parse((await download(page, 'report.json')).toString());
  expect(schemaErrors(schema, report)).toEqual([]);

  const [program, ...args] = await printedCommand(page);
  expect(program).toBe('igos');
  const out = mkdtempSync(join(folder, 'out-'));
  const { code, stderr } = await igos([...args, '--out', out, '--quiet'], { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  expect(mask.equals(readFileSync(join(out, 'mask.npy')))).toBe(true);
  expect(saliency.equals(readFileSync(join(out, 'saliency.npy')))).toBe(true);
  expect(comparable(report)).toEqual(comparable(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))));
  const pixels = (file: Buffer) => sharp(file).removeAlpha().raw().toBuffer();
  const [drawn, written] = [await download(page, 'overlay.png'), readFileSync(join(out, 'overlay.png'))];
  expect((await pixels(drawn)).equals(await pixels(written))).toBe(true);

  for (const name of ['input.npy', 'repeat.mjs', ...files])
    writeFileSync(join(folder, name), await download(page, name));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--experimental-wasm-relaxed-simd', join(folder, 'repeat.mjs')],
    { cwd: folder },
  );
  expect(mask.equals(readFileSync(join(folder, 'mask.npy')))).toBe(true);
  expect(saliency.equals(readFileSync(join(folder, 'saliency.npy')))).toBe(true);
  expect(stdout).toContain(`deletion: ${report.metrics?.deletion.auc}`);
  return report;
}

/** What has to be the same, whoever ran it: all but times, threads, and the words of warnings. */
function comparable({ timing: _, warnings, options, ...report }: Report): unknown {
  const { threads, maxMemory, ...others } = options;
  return { ...report, options: others };
}

/** A folder in which Node finds the packages, as in somebody's project, and the command line the bundled models. */
export function makeProject(): string {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, 'node_modules/.cache/lab-'));
  symlinkSync(join(root, 'models'), join(folder, 'models'));
  return folder;
}

const root = new URL('../..', import.meta.url).pathname;
