import { expect, test } from 'vitest';
import { alternate, type Case } from '../../bench/alternate.ts';

/** A case that writes down when it runs and says that it took what the list says, one call after the other. */
function told(name: string, calls: string[], milliseconds: readonly number[]): Case {
  let call = 0;
  return {
    name,
    run: () => {
      calls.push(name);
      return milliseconds[call++ % milliseconds.length];
    },
  };
}

test('cases take turns, after each was warmed up', async () => {
  const calls: string[] = [];
  await alternate([told('a', calls, [30]), told('b', calls, [30])], { rounds: 3, warmUp: 0 });
  expect(calls.join(' ')).toBe('a b a b a b a b');
});

test('best and median are of one sample a round, in the milliseconds that the case tells', async () => {
  const [first] = (await alternate([told('a', [], [1000, 5, 9, 4, 7])], { rounds: 4, warmUp: 0 })).timings;
  expect(first).toEqual({ name: 'a', best: 4, median: 6, samples: [5, 9, 4, 7] });
  const { timings } = await alternate([told('b', [], [1000, 5, 9, 4])], { rounds: 3, warmUp: 0 });
  expect(timings[0]).toMatchObject({ best: 4, median: 5 });
});

test('short calls are repeated until a turn is full, and averaged without the first', async () => {
  const calls: string[] = [];
  const { timings } = await alternate([told('a', calls, [10, 90, 4, 6])], { rounds: 1, warmUp: 0, turn: 20 });
  // one call of 10 to warm up, so two calls fill a turn of 20; the one of 90 only brings the data back
  expect(calls).toHaveLength(4);
  expect(timings[0]?.samples).toEqual([5]);
});

test('a case without a clock is timed from outside', async () => {
  const wait: Case = { name: 'wait', run: () => new Promise((done) => setTimeout(done, 15, undefined)) };
  const { timings } = await alternate([wait], { rounds: 2, warmUp: 0 });
  expect(timings[0]?.best).toBeGreaterThan(13);
});

test('work that was counted stays with its time', async () => {
  const { timings } = await alternate([{ ...told('a', [], [30]), flop: 6e9 }], { rounds: 1, warmUp: 0 });
  expect(timings[0]).toMatchObject({ flop: 6e9 });
});

test('every round waits for a quiet machine', async () => {
  const calls: string[] = [];
  const waitForQuiet = async () => void calls.push('wait');
  await alternate([told('a', calls, [30]), told('b', calls, [30])], { rounds: 2, warmUp: 0, waitForQuiet });
  expect(calls.join(' ')).toBe('a b wait a b wait a b');
});

test('a watch is read at the end of the rounds', async () => {
  const calls: string[] = [];
  const watch = () => {
    calls.push('watch');
    return () => {
      calls.push('read');
      return 0.5;
    };
  };
  const { othersBusy } = await alternate([told('a', calls, [30])], { rounds: 2, warmUp: 0, watch });
  expect(calls).toEqual(['a', 'watch', 'a', 'a', 'read']);
  expect(othersBusy).toBe(0.5);
});
