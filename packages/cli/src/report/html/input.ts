import type { Report } from '../report.ts';

/** An encoded picture, upright. */
export interface Picture {
  readonly type: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Maps of rows × columns values, row by row. */
interface Grids {
  readonly rows: number;
  readonly columns: number;
  readonly grids: readonly ArrayLike<number>[];
}

/** What a run drew: a keep mask per iteration, or the one saliency of a method without iterations. */
export type RunMaps =
  /** Values in 0..1, 1 = keep. Grid 0 is the mask before the first step, grid k + 1 that of row k of the report. */
  | ({ readonly kind: 'keep-masks' } & Grids)
  /** One grid of finite values, high = important. */
  | ({ readonly kind: 'saliency' } & Grids);

/** Everything the page is made of. `encodePicture` gives pictures of a fitting size. */
export interface ReportInput {
  readonly report: Report;
  /** The part of the photo that the model saw. */
  readonly photo: Picture;
  /** What replaces removed pixels, the same part of the photo; without it there is no picture of what is left. */
  readonly baseline?: Picture;
  readonly maps: RunMaps;
  /** The command that repeats this run, shown to be copied. */
  readonly command?: string;
}

/** @throws RangeError when the maps do not belong to the report: a mistake of the caller, not of the user */
export function checkInput({ report, maps }: ReportInput): void {
  const { rows, columns, grids, kind } = maps;
  const needed = kind === 'saliency' ? 1 : report.iterations.length + 1;
  if (grids.length !== needed) {
    throw new RangeError(
      `a report of ${report.iterations.length} iterations needs ${needed} maps, got ${grids.length}`,
    );
  }
  for (const grid of grids) {
    if (grid.length !== rows * columns || grid.length === 0) {
      throw new RangeError(`a map of ${rows} × ${columns} has ${rows * columns} values, got ${grid.length}`);
    }
  }
}
