/** A stretch of memory. A program's regions get their addresses when all its steps are known. */
export interface Region {
  readonly floats: number;
  /** The steps before which it is written first and after which it is read no more; −1 is the start of a run. */
  readonly born: number;
  dies: number;
  /** In bytes. */
  address: number;
}

/** Regions are placed on cache lines. */
const lineFloats = 16;

/**
 * Gives every region a place in one workspace so that regions that are alive at the same time do not overlap: the largest
 * first, each at the lowest place that is free.
 *
 * @returns  bytes of the workspace; addresses count from its start
 */
export function placeRegions(regions: readonly Region[]): number {
  const placed: Region[] = [];
  const endOf = ({ address, floats }: Region) => address + 4 * Math.ceil(floats / lineFloats) * lineFloats;
  for (const region of [...regions].sort((a, b) => b.floats - a.floats)) {
    const neighbours = placed
      .filter((other) => other.born <= region.dies && region.born <= other.dies)
      .sort((a, b) => a.address - b.address);
    region.address = 0;
    for (const other of neighbours) {
      if (endOf(region) <= other.address) break;
      region.address = Math.max(region.address, endOf(other));
    }
    placed.push(region);
  }
  return placed.reduce((bytes, region) => Math.max(bytes, endOf(region)), 0);
}
