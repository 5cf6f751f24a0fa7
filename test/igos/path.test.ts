import { pathRules } from 'igos';
import { describe, expect, test } from 'vitest';
import { lambdaDivisor } from '../../packages/igos/src/lambda-schedule.ts';

const counts = [1, 2, 3, 5, 20, 64];

describe.each(Object.entries(pathRules))('path rule %s', (_, rule) => {
  test.each(counts)('%i points ascend in (0, 1] and their weights sum to 1', (points) => {
    const { nodes, weights } = rule(points);
    expect(nodes.length).toBe(points);
    expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
    expect(nodes[0]).toBeGreaterThan(0);
    expect(nodes[points - 1]).toBeLessThanOrEqual(1);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14);
  });
});

test('right points are s/S, the last one is the masked image itself', () => {
  expect([...pathRules.right(4).nodes]).toEqual([0.25, 0.5, 0.75, 1]);
});

test('midpoints are the centres of equal parts', () => {
  expect([...pathRules.midpoint(4).nodes]).toEqual([0.125, 0.375, 0.625, 0.875]);
});

test('S Gauss–Legendre points integrate polynomials of degree 2S − 1 exactly', () => {
  for (const points of counts) {
    const { nodes, weights } = pathRules.gauss(points);
    for (let degree = 0; degree < 2 * points; degree++) {
      const integral = nodes.reduce((sum, node, s) => sum + weights[s]! * node ** degree, 0);
      expect(integral).toBeCloseTo(1 / (degree + 1), 13);
    }
  }
});

describe('the schedule of the L1 weight', () => {
  const still = new Array<number>(15).fill(0.9);

  test('divides by 10 after floor(K/2) and by 5 after floor(K/1.25) while the score stands still', () => {
    const divisors = still.map((_, k) => lambdaDivisor(k, 15, still.slice(0, k + 1)));
    expect(divisors).toEqual([1, 1, 1, 1, 1, 1, 1, 10, 1, 1, 1, 1, 5, 1, 1]);
  });

  test('compares with the score one iteration earlier, as the authors do', () => {
    const movedAtLast = still.slice(0, 8).with(7, 0.1);
    const movedBefore = still.slice(0, 8).with(6, 0.1);
    expect(lambdaDivisor(7, 15, movedAtLast)).toBe(10);
    expect(lambdaDivisor(7, 15, movedBefore)).toBe(1);
  });

  test('allows 0.001 at the first check and 0.01 at the second', () => {
    expect(lambdaDivisor(7, 15, still.slice(0, 8).with(6, 0.8985))).toBe(1);
    expect(lambdaDivisor(12, 15, still.slice(0, 13).with(11, 0.8915))).toBe(5);
    expect(lambdaDivisor(12, 15, still.slice(0, 13).with(11, 0.885))).toBe(1);
  });

  test('does nothing in runs of three iterations or fewer', () => {
    for (const k of [0, 1, 2]) expect(lambdaDivisor(k, 3, still)).toBe(1);
  });
});
