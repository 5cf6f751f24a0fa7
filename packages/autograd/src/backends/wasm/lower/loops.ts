/** A loop over an axis or over several at once: how far every array moves a turn, in floats. */
export interface StridedLoop {
  readonly extent: number;
  readonly strides: readonly number[];
}

/** The same loops in as few as possible: single turns are dropped, and neighbours that run through in one go are joined. */
export function mergeLoops(loops: readonly StridedLoop[]): StridedLoop[] {
  const merged: StridedLoop[] = [];
  for (const loop of loops) {
    if (loop.extent === 1) continue;
    const outer = merged.at(-1);
    const joins = outer?.strides.every((stride, i) => stride === loop.strides[i] * loop.extent);
    if (outer && joins) merged[merged.length - 1] = { extent: outer.extent * loop.extent, strides: loop.strides };
    else merged.push(loop);
  }
  return merged;
}

/** The places at which the turns of nested loops start. */
export function startsOf(loops: readonly StridedLoop[], arrays: number): number[][] {
  return loops.reduce<number[][]>(
    (starts, { extent, strides }) =>
      starts.flatMap((start) =>
        Array.from({ length: extent }, (_, turn) => start.map((place, i) => place + turn * strides[i])),
      ),
    [new Array<number>(arrays).fill(0)],
  );
}
