import * as igos from 'igos';
import * as parts from 'igos/named';
import { describe, expect, test } from 'vitest';
import { nearestName } from '../../packages/cli/src/nearest.ts';
import { asOption, numberIn, oneOf, parseBytes } from '../../packages/cli/src/options/values.ts';

describe('numbers', () => {
  test.each(['1', '0.5', '.5', '1e-4', '+2', '3.'])('%s is one', (text) => {
    expect(numberIn()(text)).toBe(Number(text));
  });

  test.each(['', ' ', 'x', '0x10', 'NaN', 'Infinity', '1e999', '1,5', '1 2', '--1'])('%j is none', (text) => {
    expect(() => numberIn()(text)).toThrow('It must be');
  });

  test('ends of a range that are in it, and others', () => {
    expect(numberIn({ min: 0, max: 1 })('1')).toBe(1);
    expect(() => numberIn({ min: 0 })('-0.001')).toThrow('at least 0');
    expect(() => numberIn({ above: 0, below: 1 })('1')).toThrow('above 0 and below 1');
    expect(() => numberIn({ integer: true })('1.5')).toThrow('a whole number');
    expect(() => numberIn({ integer: true })('1e300')).toThrow('a whole number');
  });
});

test('mask sizes', () => {
  const parse = asOption(parts.parseMaskSize);
  expect(parse('28')).toEqual([28, 28]);
  expect(parse('5x9')).toEqual([5, 9]);
  for (const text of ['28', '5x9']) expect(parts.formatMaskSize(parse(text))).toBe(text);
  for (const text of ['0', '0x3', '3x', 'x3', '-3', '2.5', '3x4x5', '']) {
    expect(() => parse(text)).toThrow('a mask size is');
  }
});

test('sizes of memory', () => {
  const sizes = { '1GB': 1e9, '512M': 512e6, '1.5kB': 1500, '2GiB': 2 ** 31, '64': 64, '3 KiB': 3072 };
  for (const [text, bytes] of Object.entries(sizes)) expect(parseBytes(text)).toBe(bytes);
  for (const text of ['0', '-1GB', 'GB', '1XB', '1iB', '']) expect(() => parseBytes(text)).toThrow('It must be');
});

test('names, with a suggestion for a slip alone', () => {
  const method = oneOf(['igos', 'gradient', 'random']);
  expect(method('random')).toBe('random');
  expect(() => method('gradiant')).toThrow('Did you mean gradient? Choices are igos, gradient, random.');
  expect(() => method('something else')).toThrow(/^Choices are/);
  expect(nearestName('IGOS', ['igos'])).toBe('igos');
  expect(nearestName('', ['igos'])).toBeUndefined();
});

test.each([
  ['--method', parts.methods, igos.methods],
  ['--line-search', parts.lineSearches, igos.lineSearches],
  ['--direction', parts.directions, igos.directions],
  ['--path', parts.pathRules, igos.pathRules],
  ['--baseline', parts.baselines, igos.baselines],
])('%s takes what the library has, in small letters and dashes', (_, named, library) => {
  const words = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const expected = Object.entries(library).map(([name, part]) => [words(name), part]);
  expect(named).toEqual(Object.fromEntries(expected));
});

test('a preset names its line search', () => {
  expect(parts.presets.small.lineSearch).toBe('armijo');
  expect(parts.presets.paper).toEqual({ ...igos.presets.paper, lineSearch: 'armijo' });
});
