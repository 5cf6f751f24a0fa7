import type { Rows } from './rows-read.ts';

/** A step of a block, as far as rows go. */
export interface BandedStep {
  /** Rows of its result. */
  readonly height: number;
  /** Bytes of a row of its result, as it lies in a window. */
  readonly rowBytes: number;
  /** The rows of this result that the next step reads for rows of its own; absent for the last step. */
  readonly readByNext?: (rows: Rows) => Rows;
}

/** What a step does in one band. */
interface BandPart {
  /** The rows that it computes; those before were computed in earlier bands. */
  readonly rows: Rows;
  /** The rows of its result that are in the window: what the next step reads now, halo included, and what was computed. */
  readonly window: Rows;
}

/** For each band, what each step does. */
export type Schedule = readonly (readonly BandPart[])[];

/**
 * Cuts the last step's rows into bands as tall as can be while the windows of all that lies between take no more than so
 * many bytes; each step computes a row once, when a band first needs it.
 */
export function scheduleBands(steps: readonly BandedStep[], mostBytes: number): Schedule {
  const { height } = steps[steps.length - 1];
  for (let bands = 1; ; bands++) {
    const schedule = cutInto(bands, steps);
    if (bands >= height || windowBytes(steps, schedule) <= mostBytes) return schedule;
  }
}

function cutInto(bands: number, steps: readonly BandedStep[]): Schedule {
  const last = steps.length - 1;
  const { height } = steps[last];
  // A window begins with the halo above the image, where the next step reads that for its first row.
  let before: readonly BandPart[] = steps.map(({ readByNext }) => {
    const top = Math.min(0, readByNext?.({ from: 0, to: 1 }).from ?? 0);
    return { rows: { from: 0, to: 0 }, window: { from: top, to: top } };
  });
  return Array.from({ length: bands }, (_, band) => {
    const parts: BandPart[] = [];
    for (let i = last; i >= 0; i--) {
      const { rows: done, window: kept } = before[i];
      const next = parts[i + 1]?.rows;
      const isIdle = next !== undefined && next.from === next.to;
      // Of the last step the band itself is wanted; of any other what the next one reads for the rows it is to compute.
      const wanted = next
        ? isIdle
          ? done
          : steps[i].readByNext!(next)
        : { from: 0, to: bandEnd(height, band, bands) };
      // Rows that nobody reads are computed all the same, at the end: conditions on them may be kept.
      const end = band === bands - 1 ? steps[i].height : Math.max(done.to, Math.min(wanted.to, steps[i].height));
      parts[i] = {
        rows: { from: done.to, to: end },
        window: {
          from: isIdle ? kept.from : Math.min(wanted.from, done.to),
          to: Math.max(isIdle ? kept.to : wanted.to, end),
        },
      };
    }
    before = parts;
    return parts;
  });
}

function bandEnd(height: number, band: number, bands: number): number {
  return Math.floor((height * (band + 1)) / bands);
}

/** Rows that the window of each step's result has to have room for. */
export function windowRows(schedule: Schedule, step: number): number {
  return Math.max(...schedule.map((parts) => parts[step].window.to - parts[step].window.from));
}

function windowBytes(steps: readonly BandedStep[], schedule: Schedule): number {
  return steps.slice(0, -1).reduce((bytes, { rowBytes }, i) => bytes + rowBytes * windowRows(schedule, i), 0);
}
