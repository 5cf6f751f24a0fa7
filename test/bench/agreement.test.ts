import { expect, test } from 'vitest';
import { checkAgreement } from '../../bench/agreement.ts';

const ours = [3, 4, 0, 0];

test('numbers as close as was asked pass', () => {
  expect(() => checkAgreement('peer', [[3, 4, 0.04, 0.03], ours], 0.0101)).not.toThrow();
});

test.each([
  ['farther apart', [3, 4, 0.04, 0.04], 'peer computes something else than we do: 1.1e-2'],
  ['not a number', [3, 4, 0, Number.NaN], 'peer computes something else'],
  ['too few', [3, 4, 0], 'peer gives 3 numbers, we 4'],
])('%s is an error that names the peer', (_, theirs, says) => {
  expect(() => checkAgreement('peer', [theirs, ours], 0.01)).toThrow(says);
});
