import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CliError, exitCodes } from '../../packages/cli/src/errors.ts';
import { checkOutputFolder, writeOutputFolder } from '../../packages/cli/src/output-folder.ts';

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  return { ...original, openSync: vi.fn(original.openSync), renameSync: vi.fn(original.renameSync) };
});

let base: string;
beforeEach(() => {
  base = fs.mkdtempSync(join(tmpdir(), 'igos-out-'));
});
afterEach(() => {
  fs.rmSync(base, { recursive: true });
});

const files = { 'report.json': '{"äö": 1}', 'mask.npy': Uint8Array.of(1, 2, 3) };
const text = (...path: string[]) => fs.readFileSync(join(base, ...path), 'utf8');
const list = (...path: string[]) => fs.readdirSync(join(base, ...path)).sort();

/** Lets the second file fail to open as the system would; the first is then already written aside. */
function failSecondFile(code: string): void {
  const open = vi.mocked(fs.openSync).getMockImplementation() as typeof fs.openSync;
  vi.mocked(fs.openSync)
    .mockImplementationOnce(open)
    .mockImplementationOnce(() => {
      throw Object.assign(new Error(`${code}: injected`), { code });
    });
}

/** The error that writing the files to a path under the base gives. */
function failure(...path: string[]): unknown {
  try {
    writeOutputFolder(join(base, ...path), files);
  } catch (error) {
    return error;
  }
  return 'no error';
}

const refusal = (message: RegExp) => ({ exitCode: exitCodes.failure, message: expect.stringMatching(message) });

describe('writeOutputFolder', () => {
  test('makes a new folder with its parents, and nothing else', () => {
    writeOutputFolder(join(base, 'a', 'b', 'dog.igos'), files);
    expect(list('a', 'b')).toEqual(['dog.igos']);
    expect(list('a', 'b', 'dog.igos')).toEqual(['mask.npy', 'report.json']);
    expect(text('a', 'b', 'dog.igos', 'report.json')).toBe('{"äö": 1}');
    expect([...fs.readFileSync(join(base, 'a', 'b', 'dog.igos', 'mask.npy'))]).toEqual([1, 2, 3]);
  });

  test('a new folder is open to the users that the umask allows, like any other', () => {
    writeOutputFolder(join(base, 'out'), files);
    fs.mkdirSync(join(base, 'plain'));
    expect(fs.lstatSync(join(base, 'out')).mode).toBe(fs.lstatSync(join(base, 'plain')).mode);
  });

  test('replaces its own files in an existing folder and keeps the others', () => {
    fs.mkdirSync(join(base, 'out', 'sub'), { recursive: true });
    fs.writeFileSync(join(base, 'out', 'notes.txt'), 'mine');
    fs.writeFileSync(join(base, 'out', 'report.json'), 'old');
    writeOutputFolder(join(base, 'out'), files);
    expect(list('out')).toEqual(['mask.npy', 'notes.txt', 'report.json', 'sub']);
    expect([text('out', 'notes.txt'), text('out', 'report.json')]).toEqual(['mine', '{"äö": 1}']);
    expect(list()).toEqual(['out']);
  });

  test('follows a link to a folder', () => {
    fs.mkdirSync(join(base, 'real'));
    fs.symlinkSync('real', join(base, 'link'));
    writeOutputFolder(join(base, 'link'), files);
    expect(list('real')).toEqual(['mask.npy', 'report.json']);
    expect(fs.lstatSync(join(base, 'link')).isSymbolicLink()).toBe(true);
  });

  test('joins its files to those of a run that made the folder meanwhile', () => {
    const rename = vi.mocked(fs.renameSync).getMockImplementation() as typeof fs.renameSync;
    vi.mocked(fs.renameSync).mockImplementationOnce((from, to) => {
      fs.mkdirSync(join(base, 'out'));
      fs.writeFileSync(join(base, 'out', 'other.txt'), 'theirs');
      rename(from, to);
    });
    writeOutputFolder(join(base, 'out'), files);
    expect(list('out')).toEqual(['mask.npy', 'other.txt', 'report.json']);
    expect(list()).toEqual(['out']);
  });

  test('is whole or absent after SIGINT', async () => {
    const module = new URL('../../packages/cli/src/output-folder.ts', import.meta.url).href;
    const program = `
      import { writeOutputFolder } from '${module}';
      process.on('SIGINT', () => process.exit(130));
      const files = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [i + '.bin', new Uint8Array(1000)]));
      writeOutputFolder(${JSON.stringify(join(base, 'a', 'out'))}, files);
      setTimeout(() => {}, 10_000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: 'inherit',
    });
    while (!fs.existsSync(join(base, 'a')) && child.exitCode === null) await new Promise((wake) => setTimeout(wake, 5));
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(list('a')).toEqual(['out']);
    expect(list('a', 'out').length).toBe(1000);
  });
});

describe('a failure leaves no new folder and takes nothing away', () => {
  test.each([
    ['ENOSPC', /the disk is full/],
    ['EROFS', /the disk is read-only/],
    ['EACCES', /there is no permission/],
    ['EIO', /EIO: injected/],
  ])('%s while a new folder is written', (code, message) => {
    failSecondFile(code);
    const error = failure('a', 'b', 'out');
    expect(error).toMatchObject(refusal(message));
    expect(error).toMatchObject(
      refusal(/^\S+out: the output folder cannot be written, .*; choose another with --out$/),
    );
    expect(list()).toEqual([]);
  });

  test('a full disk while an existing folder is written', () => {
    fs.mkdirSync(join(base, 'out'));
    fs.writeFileSync(join(base, 'out', 'report.json'), 'old');
    failSecondFile('ENOSPC');
    expect(failure('out')).toMatchObject(refusal(/the disk is full/));
    expect(list('out')).toEqual(['report.json']);
    expect(text('out', 'report.json')).toBe('old');
  });

  test('a parent that was there before stays', () => {
    fs.mkdirSync(join(base, 'a'));
    failSecondFile('ENOSPC');
    expect(failure('a', 'b', 'out')).toMatchObject(refusal(/the disk is full/));
    expect([list(), list('a')]).toEqual([['a'], []]);
  });

  test('a folder stands where a file is to go', () => {
    fs.mkdirSync(join(base, 'out', 'mask.npy'), { recursive: true });
    fs.writeFileSync(join(base, 'out', 'report.json'), 'old');
    expect(failure('out')).toMatchObject(refusal(/mask\.npy in it is a folder/));
    expect(list('out')).toEqual(['mask.npy', 'report.json']);
    expect(text('out', 'report.json')).toBe('old');
  });

  test.each([writeOutputFolder, checkOutputFolder])('the path, or a part of it, is a file: $name', (write) => {
    fs.writeFileSync(join(base, 'file'), 'mine');
    expect(() => write(join(base, 'file'), files)).toThrow(/file is a file; choose/);
    expect(() => write(join(base, 'file', 'out'), files)).toThrow(/a folder of its path is a file/);
    expect(() => write(join(base, 'file', 'deep', 'out'), files)).toThrow(CliError);
    expect(text('file')).toBe('mine');
  });

  test('a name that is too long', () => {
    expect(failure('x'.repeat(300))).toMatchObject(refusal(/its name is too long/));
    expect(list()).toEqual([]);
  });
});

describe('checkOutputFolder', () => {
  test('accepts what can be written, and makes nothing', () => {
    checkOutputFolder(join(base, 'a', 'b'));
    checkOutputFolder(base);
    expect(list()).toEqual([]);
  });
});
