import { describe, expect, test } from 'vitest';
import { CliError, exitCodes, printable, systemErrorCode } from '../../packages/cli/src/errors.ts';

describe('CliError', () => {
  test('carries its exit code and cause', () => {
    const cause = new Error('deep');
    const error = new CliError('photo.png: not there', exitCodes.image, { cause });
    expect([error.name, error.message, error.exitCode, error.cause]).toEqual([
      'CliError',
      'photo.png: not there',
      4,
      cause,
    ]);
  });

  test('keeps four lines and shows control characters', () => {
    const error = new CliError('one\ntwo\nthree\x1b[2J\nfour\nfive', exitCodes.failure);
    expect(error.message).toBe('one\ntwo\nthree\\x1b[2J\nfour');
  });

  test('the exit codes are those of the contract', () => {
    expect(exitCodes).toEqual({ ok: 0, failure: 1, usage: 2, model: 3, image: 4, notFinite: 5, partlyDone: 6 });
  });
});

test('a file name is printed on one line', () => {
  expect(printable('a\nb\tc\x7fé 狗.png')).toBe('a\\x0ab\\x09c\\x7fé 狗.png');
});

test('the system code of an error', () => {
  expect(systemErrorCode(Object.assign(new Error('no'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect([new Error('no'), { code: 'ENOENT' }, undefined].map(systemErrorCode)).toEqual(['', '', '']);
});
