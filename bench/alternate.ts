/** Something to time. */
export interface Case {
  readonly name: string;
  /** Multiplications and additions of one call, where that tells something. */
  readonly flop?: number;
  /** One call. It may give back the milliseconds it took where it has a better clock of its own. */
  run(): number | undefined | Promise<number | undefined>;
}

/** What one case took, in milliseconds for one call. */
export interface Timing {
  readonly name: string;
  readonly flop?: number;
  readonly best: number;
  readonly median: number;
  /** One a round, in order; each is the mean over a turn. */
  readonly samples: readonly number[];
}

export interface Alternation {
  readonly timings: readonly Timing[];
  /** Mean number of cores that other processes kept busy meanwhile; undefined where that cannot be known. */
  readonly othersBusy?: number;
}

/** Tells, when it is called at the end, how many cores others kept busy since it was made. */
export type Watch = () => number | undefined;

export interface AlternateOptions {
  /** Samples of every case. */
  readonly rounds: number;
  /** Milliseconds of calls before a case is measured, so that engines have compiled it well; at least one call. */
  readonly warmUp?: number;
  /** Milliseconds of a turn: short calls are repeated, after one that is not counted, and averaged. */
  readonly turn?: number;
  /** Milliseconds of rest before a turn, in which threads of the case before stop spinning. */
  readonly pause?: number;
  readonly watch?: () => Watch;
  /** Waits before a round until the machine is quiet, for as long as is thought worth while. */
  readonly waitForQuiet?: () => Promise<void>;
}

/**
 * Times the cases in turn, A B C A B C …, so that whatever slows the machine down for a while slows all of them down.
 * Compare the results of one call with each other, and with nothing else.
 */
export async function alternate(cases: readonly Case[], options: AlternateOptions): Promise<Alternation> {
  const { rounds, warmUp = 300, turn = 20, pause = 0, watch, waitForQuiet } = options;
  const runners: { readonly samples: number[]; takeTurn(): Promise<number> }[] = [];
  for (const one of cases) {
    const repeats = Math.max(1, Math.round(turn / (await warm(one, warmUp))));
    runners.push({ samples: [], takeTurn: () => meanOf(one, repeats) });
  }
  const othersSince = watch?.();
  for (let round = 0; round < rounds; round++) {
    await waitForQuiet?.();
    for (const { samples, takeTurn } of runners) {
      if (pause > 0) await new Promise((resume) => setTimeout(resume, pause));
      samples.push(await takeTurn());
    }
  }
  const othersBusy = othersSince?.();
  const timings = runners.map(({ samples }, i) => summarize(cases[i]!, samples));
  return { timings, ...(othersBusy !== undefined && { othersBusy }) };
}

function summarize({ name, flop }: Pick<Case, 'name' | 'flop'>, samples: readonly number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { name, ...(flop !== undefined && { flop }), best: sorted[0]!, median, samples };
}

/** Calls until the time is up, and gives the milliseconds of the last call. */
async function warm(one: Case, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const last = await timed(one);
    if (performance.now() >= end) return last;
  }
}

async function meanOf(one: Case, repeats: number): Promise<number> {
  if (repeats > 1) await one.run(); // brings its data back into the caches
  let sum = 0;
  for (let i = 0; i < repeats; i++) sum += await timed(one);
  return sum / repeats;
}

async function timed(one: Case): Promise<number> {
  const start = performance.now();
  const own = await one.run();
  return own ?? performance.now() - start;
}
