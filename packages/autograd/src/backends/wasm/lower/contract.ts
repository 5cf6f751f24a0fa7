import { sizeOf } from '../../../shape.ts';
import { gemm, type Tile } from '../kernels/gemm.ts';
import { panelsOf } from '../kernels/panels.ts';
import { type BoundChain, chainArrays } from './chain.ts';
import { type LowerContext, shareOf, unitsOf } from './context.ts';
import { mergeLoops, type StridedLoop, startsOf } from './loops.ts';
import { type Matrix, readableMatrix } from './matrix.ts';
import type { Stored } from './values.ts';

/** A loop over rows of a product, which are places of its result along one axis: `first`, `first + step`, … */
interface RowLoop {
  readonly axis: number;
  readonly first: number;
  readonly step: number;
  readonly extent: number;
  /** How far the left-hand array moves a turn, in floats. */
  readonly move: number;
}

export interface Contraction {
  /** The left-hand array, and the place that the first row starts from, in floats from its first element. */
  readonly a: Stored;
  readonly start: number;
  readonly rows: readonly RowLoop[];
  /** What is summed over: how far the left-hand array moves along each of the matrix's row loops. */
  readonly steps: readonly number[];
  readonly matrix: Matrix;
  /** The columns are its last axis. */
  readonly out: Stored;
  readonly chain: BoundChain;
}

/** Most rows that a unit computes: few enough to stay in the nearest cache. */
const mostRowsPerUnit = 96;
/** Fewest rows, of which a panel of weights is then used for several tiles. */
const fewestRowsPerUnit = 12;

/** Calls the kernels of a matrix product. Convolutions are products too: rows are pixels and columns are channels. */
export function emitContraction(ctx: LowerContext, request: Contraction): void {
  const { a, out, chain, rows, matrix } = request;
  if (rows.some(({ extent }) => extent === 0) || matrix.columns.extent === 0) return;
  const followers = [{ stored: out, strides: out.layout.strides }, ...chainArrays(chain)];
  const arrays: readonly Walked[] = [
    { stored: a, start: request.start, along: ({ move }) => move },
    ...followers.map(({ stored, strides }) => ({
      stored,
      start: rows.reduce((place, { axis, first }) => place + first * strides[axis], 0),
      along: ({ axis, step }: RowLoop) => strides[axis] * step,
    })),
  ];
  const loops = mergeLoops(rows.map((row) => ({ extent: row.extent, strides: arrays.map(({ along }) => along(row)) })));
  const inner = loops.length === 0 ? [{ extent: 1, strides: arrays.map(() => 0) }] : loops.slice(-2);
  const outer = loops.slice(0, -2);
  const pixels = inner[inner.length - 1].extent;
  const tile = chooseTile(pixels, matrix.columns.extent, ctx.multiplyAdd);
  const readable = readableMatrix(ctx, matrix, tile.vectors);
  const reduction = mergeReduction(request, readable.rowStrides);

  const kernel = gemm({
    columns: matrix.columns.extent,
    reduction,
    rows: inner.map(({ extent, strides }, i) => ({ extent: i === 0 ? 0 : extent, strides })),
    packed: readable.packed,
    inputs: chain.inputs.map(({ access }) => access),
    chain: chain.chain,
    conditions: chain.conditions,
    tile,
    multiplyAdd: ctx.multiplyAdd,
  });
  const perUnit =
    inner.length === 1
      ? shareOf(inner[0].extent, {
          step: tile.rows,
          least: Math.ceil(fewestRowsPerUnit / tile.rows) * tile.rows,
          most: mostRowsPerUnit,
        })
      : shareOf(inner[0].extent, { step: 1, least: 1, most: Math.floor(mostRowsPerUnit / pixels) });
  for (const starts of startsOf(outer, arrays.length)) {
    const [left, ...others] = arrays.map(({ stored, start }, i) => ({
      region: stored.region,
      start: stored.layout.offset + start + starts[i],
      step: perUnit * inner[0].strides[i],
    }));
    ctx.call({
      kernel,
      ...unitsOf(inner[0].extent, perUnit),
      arguments: [left, { region: readable.region, start: readable.start, step: 0 }, ...others],
    });
  }
}

/** An array that moves along the loops over rows. */
interface Walked {
  readonly stored: Stored;
  /** Where it has the first row, in floats from its first element. */
  readonly start: number;
  readonly along: (row: RowLoop) => number;
}

/**
 * What V8 has registers for: it loads all rows and weights of a step before it multiplies any, and has 15 in all. Without
 * the fused multiply-add one more is needed for the product.
 */
const tiles: readonly Tile[] = [
  { rows: 4, vectors: 2 },
  { rows: 2, vectors: 4 },
];
const fusedTiles: readonly Tile[] = [...tiles, { rows: 3, vectors: 3 }];
const singleTile: Tile = { rows: 7, vectors: 1 };

/** Cycles from a sum to the next addition to it: a tile with less work than that waits. */
const latency = 4.15;

/** The tile that takes the least time for so many rows and columns, at two multiplications a cycle. */
function chooseTile(rows: number, columns: number, multiplyAdd: boolean): Tile {
  const vectors = Math.max(1, Math.floor(columns / 4));
  const candidates = vectors === 1 ? [singleTile] : multiplyAdd ? fusedTiles : tiles;
  const timed = candidates.map((tile) => {
    const fitting = { rows: Math.min(tile.rows, rows), vectors: Math.min(rows === 1 ? 4 : tile.vectors, vectors) };
    const cycles = panelsOf(columns, fitting.vectors).reduce(
      (sum, panel) => sum + Math.max(latency, (fitting.rows * panel.vectors) / 2),
      0,
    );
    return { tile: fitting, cycles: Math.ceil(rows / fitting.rows) * cycles };
  });
  return timed.reduce((best, other) => (other.cycles < best.cycles ? other : best)).tile;
}

function mergeReduction({ matrix, steps }: Contraction, rowStrides: readonly number[]) {
  const loops: StridedLoop[] = matrix.rows.map(({ extent }, i) => ({ extent, strides: [steps[i], rowStrides[i]] }));
  if (sizeOf(matrix.rows.map(({ extent }) => extent)) === 0) return [{ extent: 0, a: 0, b: 0 }];
  return mergeLoops(loops).map(({ extent, strides: [a, b] }) => ({ extent, a, b }));
}
