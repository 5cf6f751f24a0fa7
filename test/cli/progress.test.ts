import { describe, expect, test } from 'vitest';
import { makeProgress, showDuration } from '../../packages/cli/src/progress.ts';

/** A stream that remembers, and a clock in milliseconds that stands still until it is moved. */
function fakeTerminal(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const clock = { milliseconds: 0 };
  const stream = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
  const progress = makeProgress({ stream, colour: false, now: () => clock.milliseconds });
  return { written, clock, progress };
}

describe('on a terminal', () => {
  test('the state is drawn over the last one, at most ten times a second', () => {
    const { written, clock, progress } = fakeTerminal(true);
    let k = 1;
    progress.show(() => `iteration ${k}`);
    k = 2;
    progress.tick();
    clock.milliseconds = 150;
    progress.tick();
    expect(written).toEqual(['\r\x1b[2Kiteration 1', '\r\x1b[2Kiteration 2']);
  });

  test('it stays on one line, also where the width is not known', () => {
    const { written, progress } = fakeTerminal(true, 20);
    progress.show(() => 'x'.repeat(100));
    expect(written).toEqual([`\r\x1b[2K${'x'.repeat(19)}`]);
    const unknown = fakeTerminal(true, 0);
    unknown.progress.show(() => 'iteration 1');
    expect(unknown.written).toEqual(['\r\x1b[2Kiteration 1']);
  });

  test('a note takes its place, and nothing is left in the end', () => {
    const { written, progress } = fakeTerminal(true);
    progress.show(() => 'working');
    progress.note('warning: careful');
    progress.clear();
    expect(written.slice(1)).toEqual(['\r\x1b[2K', 'warning: careful\n']);
  });
});

test('elsewhere a plain line comes every five seconds, none for quick work', () => {
  const { written, clock, progress } = fakeTerminal(false);
  progress.show(() => `at ${clock.milliseconds}`);
  for (clock.milliseconds = 1000; clock.milliseconds <= 11_000; clock.milliseconds += 1000) progress.tick();
  progress.clear();
  expect(written).toEqual(['at 5000\n', 'at 10000\n']);
});

test('a quiet one says nothing', () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 80, write: (text: string) => written.push(text) > 0 };
  const progress = makeProgress({ quiet: true, stream });
  progress.show(() => 'working');
  progress.note('warning');
  progress.clear();
  expect(written).toEqual([]);
});

test('durations', () => {
  expect([0, 7.4, 83, 3723].map(showDuration)).toEqual(['0:00', '0:07', '1:23', '1:02:03']);
  expect(showDuration(-3)).toBe('0:00');
});
