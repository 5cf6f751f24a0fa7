import { alternate } from '../alternate.ts';
import { checkExplanation, describeRun, type Explanation, ourExplanation, torchExplanation } from '../explanation.ts';
import { openBackend, threadCounts } from '../ours.ts';
import { startTorch } from '../peers/torch.ts';
import { type Comparison, type Outcome, speedRatio, timingOf } from '../results/outcome.ts';
import { atLeast, type Context, type Group, shortTurns } from '../results/row.ts';
import { lite0Subject, problemOf, type Subject, trained16Subject } from '../subjects.ts';

/** Milliseconds in which threads of the case before stop spinning, where there are several. */
const pauseOfThreads = 200;

/** Milliseconds of a turn: small networks run a few times in a row, after a run that is not counted. */
const turn = 100;

const peerThreads = 2;

/** Whole I-GOS with two threads on each side. */
export const lite0Explanation: Group = {
  title: 'Whole I-GOS beside torch, EfficientNet-Lite0',
  rows: [
    {
      id: 'igos-lite0-authors',
      measure: "whole I-GOS, EfficientNet-Lite0, 15 × 20, mask 28, two threads, against torch in the authors' order",
      unit: 'times',
      bar: atLeast(1.3, 1.8),
    },
    {
      id: 'igos-lite0-best',
      measure: 'the same against torch batched and channels-last',
      unit: 'times',
      bar: atLeast(0.85, 1.1),
    },
  ],
  run: async (context) => {
    const orders = [
      { batched: false, layout: 'channels-last', threads: peerThreads },
      { batched: true, layout: 'channels-last', threads: peerThreads },
      { batched: false, layout: 'default', threads: peerThreads },
    ] as const;
    const subject = await lite0Subject();
    const { comparison, ours, peers, notes } = await againstTorch(context, { subject, orders, threads: threadCounts });
    const fastest = timingOf(comparison, ours.at(-1)!.timed.name);
    const outcome = (peer: Explanation): Outcome => {
      const value = speedRatio(fastest, timingOf(comparison, peer.timed.name));
      return { value, comparisons: [{ ...comparison, value }], notes };
    };
    return { 'igos-lite0-authors': outcome(peers[0]!), 'igos-lite0-best': outcome(peers[1]!) };
  },
};

/** A network so small that the work around it decides. */
export const trained16Explanation: Group = {
  title: 'Whole I-GOS beside torch, trained16',
  rows: [
    {
      id: 'igos-trained16',
      measure: 'whole I-GOS, trained16, mask 16, one thread, against torch batched',
      unit: 'times',
      bar: atLeast(2, 6),
    },
  ],
  run: async (context) => {
    const orders = [
      { batched: true, layout: 'default', threads: 1 },
      { batched: false, layout: 'default', threads: 1 },
    ] as const;
    const request = { subject: trained16Subject(), orders, threads: [1] };
    const { comparison, ours, peers, notes } = await againstTorch(context, request);
    const [own, batched] = [ours[0]!, peers[0]!].map(({ timed }) => timingOf(comparison, timed.name));
    const value = speedRatio(own!, batched!);
    return { 'igos-trained16': { value, comparisons: [{ ...comparison, value }], notes } };
  },
};

interface Request {
  readonly subject: Subject;
  readonly orders: readonly Parameters<typeof torchExplanation>[2][];
  /** Of ours. */
  readonly threads: readonly number[];
}

async function againstTorch(context: Context, { subject, orders, threads }: Request) {
  const { python, watch, log } = context;
  const torch = await startTorch(python);
  const ours: Explanation[] = [];
  const peers: Explanation[] = [];
  try {
    for (const count of threads) {
      const backend = openBackend(count);
      const name = `ours, ${backend.name}, ${count} ${count === 1 ? 'thread' : 'threads'}`;
      ours.push(await ourExplanation(await problemOf(subject, backend), { name }));
      log(describeRun(ours.at(-1)!));
    }
    for (const order of orders) {
      peers.push(await torchExplanation(torch, subject, order));
      log(describeRun(peers.at(-1)!));
      checkExplanation(peers.at(-1)!, ours[0]!);
    }
    const cases = [...ours, ...peers].map(({ timed }) => timed);
    const pause = orders.some((order) => order.threads > 1) ? pauseOfThreads : 0;
    const turns = { ...shortTurns(context), turn, pause, watch: () => watch([torch.pid]) };
    const alternation = await alternate(cases, turns);
    const comparison: Comparison = { subject: subject.name, ...alternation };
    return { comparison, ours, peers, notes: [...ours, ...peers].map(describeRun) };
  } finally {
    torch.close();
  }
}
