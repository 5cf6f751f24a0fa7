import type { Executable } from '../backend.ts';
import { type ArrayInput, type HostArray, toHostArray } from '../host-array.ts';
import { ShapeError, sameShape, showShape } from '../shape.ts';
import type { HostNoise } from './host-noise.ts';
import { type Plan, turnsOf } from './plan.ts';

export interface StepTime {
  readonly op: string;
  readonly names: readonly string[];
  readonly milliseconds: number;
  readonly multiplyAdds: number;
}

/** A compiled graph. Runs are queued: a second call waits for the first. */
export interface Program<Name extends string = string> {
  /** Name of the backend it runs on. */
  readonly backend: string;
  readonly plan: Plan;
  /**
   * @param arrays  a value for every named input, of its shape; they are read when the run's turn comes, so leave them be
   * @throws ShapeError for a missing or unknown name or a wrong shape
   */
  run(arrays: Readonly<Record<string, ArrayInput>>): Promise<Record<Name, HostArray>>;
  /**
   * Several runs, at once where the backend has threads for it. The results are those of one run after the other.
   */
  runAll(
    runs: readonly Readonly<Record<string, ArrayInput>>[],
    options?: RunAllOptions,
  ): Promise<Record<Name, HostArray>[]>;
  /** One run, with the time of every step. */
  profile(arrays: Readonly<Record<string, ArrayInput>>): Promise<StepTime[]>;
  /** Frees buffers and uploaded constants, after the run that is under way. Later runs fail. */
  dispose(): void;
}

export interface RunAllOptions {
  /** Called with a run's number before it begins. When it throws, no more begin, and `runAll` fails with what it threw. */
  readonly before?: (run: number) => void;
}

interface ProgramParts {
  /** Name of the backend. */
  readonly backend: string;
  readonly executable: Executable;
  /** The plan's last inputs, which the host makes. */
  readonly noise: readonly HostNoise[];
}

export function makeProgram<Name extends string>(plan: Plan, parts: ProgramParts): Program<Name> {
  const { backend, executable, noise } = parts;
  const collect = (arrays: Readonly<Record<string, ArrayInput>>) => collectInputs(plan, arrays, noise);
  let queue: Promise<unknown> = Promise.resolve();
  let disposed = false;
  let busy = false;
  const execute = async <T>(task: () => Promise<T>): Promise<T> => {
    if (disposed) throw new Error('this program was disposed; compile the graph again');
    busy = true;
    try {
      return await task();
    } finally {
      busy = false;
      if (disposed) executable.dispose();
    }
  };
  const enqueue = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(() => execute(task));
    const done = () => undefined; // keeps no results alive
    queue = result.then(done, done);
    return result;
  };
  const named = (results: readonly HostArray[]) =>
    Object.fromEntries(plan.outputs.map(({ name }, i) => [name, results[i]])) as Record<Name, HostArray>;
  return {
    backend,
    plan,
    run: (arrays) => enqueue(async () => named(await executable.run(collect(arrays)))),
    runAll: (runs, { before = () => undefined } = {}) =>
      enqueue(async () => {
        const collected = runs.map(collect);
        const results = await (executable.runAll?.(collected, before) ?? runInTurn(executable, collected, before));
        return results.map(named);
      }),
    profile: (arrays) =>
      enqueue(async () => {
        const timings = new Float64Array(plan.steps.length);
        await executable.run(collect(arrays), timings);
        return plan.steps.map(({ op, names, multiplyAdds }, i) => ({
          op,
          names,
          milliseconds: timings[i],
          multiplyAdds,
        }));
      }),
    dispose: () => {
      if (!disposed && !busy) executable.dispose();
      disposed = true;
    },
  };
}

async function runInTurn(
  executable: Executable,
  runs: readonly (readonly HostArray[])[],
  before: (run: number) => void,
): Promise<HostArray[][]> {
  const results: HostArray[][] = [];
  for (const [i, inputs] of runs.entries()) {
    before(i);
    results.push(await executable.run(inputs));
  }
  return results;
}

function collectInputs(
  plan: Plan,
  arrays: Readonly<Record<string, ArrayInput>>,
  noise: readonly HostNoise[],
): HostArray[] {
  const wanted = plan.inputs.slice(0, plan.inputs.length - noise.length).map((id) => plan.values[id]);
  const names = wanted.map(({ name }) => name);
  const unknown = Object.keys(arrays).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new ShapeError(`there is no input '${unknown}'; inputs are ${names.join(', ')}`);
  const collected = wanted.map(({ name = '' }) => {
    if (!Object.hasOwn(arrays, name)) throw new ShapeError(`input '${name}' is missing`);
    return toHostArray(arrays[name]);
  });
  const turns = checkTurns(plan, collected);
  wanted.forEach(({ id, name, shape: own }, i) => {
    const shape = plan.loop?.inputs.includes(id) ? [turns, ...own] : own;
    if (sameShape(collected[i].shape, shape)) return;
    throw new ShapeError(`input '${name}' needs shape ${showShape(shape)}, got ${showShape(collected[i].shape)}`);
  });
  const named = new Map(wanted.map(({ name = '' }, i) => [name, collected[i]]));
  return [...collected, ...noise.map(({ make }) => make(named))];
}

/** Turns of the loop, if there is one, told by the first of the arrays that differ from turn to turn. */
function checkTurns(plan: Plan, arrays: readonly HostArray[]): number {
  const turns = turnsOf(plan, arrays);
  if (!plan.loop || (turns >= 1 && turns <= plan.loop.turns)) return turns;
  const name = plan.values[plan.loop.inputs[0]].name;
  throw new ShapeError(`input '${name}' needs a first axis of 1 to ${plan.loop.turns} turns, got ${turns ?? 'none'}`);
}
