import type { Executable } from '../backend.ts';
import { type ArrayInput, type HostArray, toHostArray } from '../host-array.ts';
import { ShapeError, sameShape, showShape } from '../shape.ts';
import type { Plan } from './plan.ts';

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
  /** One run, with the time of every step. */
  profile(arrays: Readonly<Record<string, ArrayInput>>): Promise<StepTime[]>;
  /** Frees buffers and uploaded constants, after the run that is under way. Later runs fail. */
  dispose(): void;
}

export function makeProgram<Name extends string>(plan: Plan, executable: Executable, backend: string): Program<Name> {
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
  return {
    backend,
    plan,
    run: (arrays) =>
      enqueue(async () => {
        const results = await executable.run(collectInputs(plan, arrays));
        const named = plan.outputs.map(({ name }, i) => [name, results[i]] as const);
        return Object.fromEntries(named) as Record<Name, HostArray>;
      }),
    profile: (arrays) =>
      enqueue(async () => {
        const timings = new Float64Array(plan.steps.length);
        await executable.run(collectInputs(plan, arrays), timings);
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

function collectInputs(plan: Plan, arrays: Readonly<Record<string, ArrayInput>>): HostArray[] {
  const wanted = plan.inputs.map((id) => plan.values[id]);
  const names = wanted.map(({ name }) => name);
  const unknown = Object.keys(arrays).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new ShapeError(`there is no input '${unknown}'; inputs are ${names.join(', ')}`);
  return wanted.map(({ name = '', shape }) => {
    if (!Object.hasOwn(arrays, name)) throw new ShapeError(`input '${name}' is missing`);
    const array = toHostArray(arrays[name]);
    if (sameShape(array.shape, shape)) return array;
    throw new ShapeError(`input '${name}' needs shape ${showShape(shape)}, got ${showShape(array.shape)}`);
  });
}
