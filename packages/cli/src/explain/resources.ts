import type { Backend } from '@igos/autograd';
import { defaultThreads, rehearseBackend } from '../backend.ts';
import { CliError, exitCodes } from '../errors.ts';
import type { ExplainFlags } from '../options/explain-options.ts';

export interface Resources {
  readonly threads: number;
  /** Memory of the engine at its peak: what its programs take, and the model's own numbers. Known where it was asked for. */
  readonly expectedBytes?: number;
}

/** Memory that a run with this backend, a rehearsal, would take at its peak, in bytes. */
export type Rehearse = (backend: Backend) => Promise<number>;

/**
 * How many threads compute: `--threads`, or what suits the machine, as far as `--max-memory` allows. Each thread needs
 * memory of its own for the results between layers; weights are there once.
 *
 * @throws CliError with the exit code for failures when not even one thread fits, or not as many as `--threads` says
 */
export async function planResources(flags: ExplainFlags, rehearse: Rehearse): Promise<Resources> {
  const wanted = flags.threads ?? defaultThreads();
  const { maxMemory } = flags;
  const needs = async (threads: number): Promise<number | undefined> => {
    const backend = await rehearseBackend(flags.backend, { threads });
    return backend && rehearse(backend);
  };
  const most = await needs(wanted);
  if (most === undefined) return { threads: wanted };
  if (most <= maxMemory) return { threads: wanted, expectedBytes: most };
  const least = wanted === 1 ? most : ((await needs(1)) ?? most);
  const perThread = (most - least) / Math.max(1, wanted - 1);
  const fitting = Math.min(wanted - 1, 1 + Math.floor((maxMemory - least) / perThread));
  if (flags.threads === undefined && fitting >= 1) {
    return { threads: fitting, expectedBytes: fitting === 1 ? least : ((await needs(fitting)) ?? least) };
  }
  const needed = Math.ceil((flags.threads === undefined ? least : most) / 1e6);
  const mend = fitting >= 1 ? `raise it or lower --threads to ${fitting}` : 'raise it';
  throw new CliError(`--max-memory is too small, about ${needed}MB are needed: ${mend}`, exitCodes.failure);
}
