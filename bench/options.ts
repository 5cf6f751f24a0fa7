import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Ids of rows; empty: all. */
  readonly only: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
  /** Seconds to wait before a round for other programs to fall silent. */
  readonly wait: number;
  readonly chromium: boolean;
  readonly json: boolean;
  readonly write: boolean;
  readonly help: boolean;
}

/** Best and median of at least this many say something. */
const leastRounds = 9;
const quickRounds = 3;

/** @throws Error with one line for the person in front */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      wait: { type: 'string', default: '0' },
      chromium: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? quickRounds : leastRounds));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds needs a whole number, at least 1');
  const wait = Number(values.wait);
  if (!(wait >= 0)) throw new Error('--wait needs seconds, at least 0');
  if (values.write && rounds < leastRounds) throw new Error(`--write needs at least ${leastRounds} rounds`);
  return { ...values, only: values.only.flatMap((ids) => ids.split(',')), rounds, wait };
}

export function helpText(rowIds: readonly string[], onnxPackage: string): string {
  return `Measures this project beside its peers; each row in one alternating run.

  npm run bench -- [options]

  --only <row>    that row, or several with commas; may be given again
  --rounds <n>    samples of each case (default ${leastRounds})
  --quick         ${quickRounds} samples and short warm-ups, for a first look
  --wait <s>      before each round, wait at most so long until other programs are silent (default 0)
  --chromium      the kernels in the Chromium that the tests use, instead of everything in Node
  --json          the report as JSON on stdout instead of lines
  --write         put the rows into docs/performance.md and docs/performance.json
  --help          this text

PYTHON names the interpreter with torch (default python3): pip install torch numpy
onnxruntime-web takes part when it is installed: npm install --no-save ${onnxPackage}

Rows: ${rowIds.join(', ')}
`;
}
