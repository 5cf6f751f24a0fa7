import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { advance, element, f32x4, i32, repeatWhile, v128 } from '../writer/instructions.ts';
import { type Access, alongAxis, loadAlong } from './access.ts';
import { type Chain, ChainWriter } from './chain.ts';
import { type Condition, storeConditions } from './conditions.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes, type Width } from './lanes.ts';
import { evenTiles, type Loop, nest, slidingTiles, sweep, walkTiles } from './loops.ts';
import { panelsOf } from './panels.ts';

/**
 * A matrix product: row i, column j of the result is the sum over k of A(i, k) · B(k, j), then the chain. Rows are pixels
 * and columns are channels when it is a convolution; k runs over taps and input channels. Distances count floats.
 */
export interface GemmSpec {
  readonly columns: number;
  /** Loops over k, outermost first, and how far each moves in A and in B. */
  readonly reduction: readonly { readonly extent: number; readonly a: number; readonly b: number }[];
  /**
   * Loops over rows, at most two. The outermost has as many turns as the unit has items, so its extent says only that a
   * whole tile fits. Strides are those of A, the result, then the chain's inputs.
   */
  readonly rows: readonly { readonly extent: number; readonly strides: readonly number[] }[];
  /** Whether B was packed panel after panel; otherwise its columns are neighbours. */
  readonly packed: boolean;
  /** How each input of the chain lies along the columns. */
  readonly inputs: readonly Access[];
  readonly chain: Chain;
  /**
   * What of the result is kept as bits, if anything. Their array is then the last argument and has the last strides; a
   * place in it is a sixteenth of a float.
   */
  readonly conditions: readonly Condition[];
  readonly tile: Tile;
  readonly multiplyAdd: boolean;
}

/** What is kept in registers: so many rows times so many vectors of four columns. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
}

/** Arguments: A, B, the result, then the chain's inputs, then the conditions' bits if there are any. */
export function gemm(spec: GemmSpec): Kernel {
  return { key: kernelKey('gemm', spec), emit: () => writeGemm(spec) };
}

function writeGemm(spec: GemmSpec) {
  const { columns, rows, tile, packed } = spec;
  const f = new KernelWriter(2 + accessOf(spec).length);
  const writer = new TileWriter(f, spec);
  const [a, b, ...written] = f.arguments;
  const [column, panel] = f.locals('i32', 2);
  const [outer, inner] = rows.length === 2 ? rows : [undefined, rows[0]];
  const between: Loop[] = outer ? [{ extent: f.count, strides: outer.strides }] : [];

  const overRows = (vectors: number) =>
    nest(f, {
      loops: between,
      pointers: [a, ...written],
      body: ([rowA, ...row]) => {
        const write = (size: number) => (start: Local) =>
          writer.write({ a: rowA, b: panel, written: row, start, column }, { rows: size, vectors });
        if (!outer) return slidingTiles(f, { extent: f.count, size: tile.rows, body: write(tile.rows) });
        return evenTiles(inner.extent, tile.rows).map((run) => walkTiles(f, run, write(run.size)));
      },
    });

  const wide = 4 * tile.vectors;
  const wholePanels = Math.floor(columns / wide);
  const narrowPanels = panelsOf(columns, tile.vectors).slice(wholePanels);
  const packedPanel = spec.reduction.reduce((floats, { extent }) => floats * extent, wide);
  return f.finish([
    set(panel, b.get),
    set(column, i32.const(0)),
    wholePanels === 0
      ? []
      : repeatWhile(
          [
            overRows(tile.vectors),
            set(panel, advance(panel.get, 4 * (packed ? packedPanel : wide))),
            set(column, advance(column.get, 4 * wide)),
          ],
          i32.less(column.get, i32.const(4 * wide * wholePanels)),
        ),
    narrowPanels.map(({ start, vectors }) => [
      packed ? [] : set(panel, advance(b.get, 4 * start)),
      set(column, i32.const(4 * start)),
      overRows(vectors),
    ]),
  ]);
}

/** How the arrays at the end of a tile lie along the columns: the result, the chain's inputs, the conditions. */
function accessOf({ inputs, conditions }: GemmSpec): Access[] {
  return ['each', ...inputs, ...(conditions.length > 0 ? ['bits' as const] : [])];
}

interface Place {
  readonly a: Local;
  readonly b: Local;
  /** The result, the chain's inputs and the conditions at the first row. */
  readonly written: readonly Local[];
  readonly start: Local;
  /** Bytes from the first column. */
  readonly column: Local;
}

/** Writes the code of one tile: multiply and add over k, then the chain and the store. */
class TileWriter {
  readonly #f: KernelWriter;
  readonly #spec: GemmSpec;
  readonly #chain: ChainWriter;
  readonly #sums: readonly Local[];
  readonly #weights: readonly Local[];
  readonly #value: Local;
  readonly #a: Local;
  readonly #b: Local;
  readonly #written: readonly Local[];
  readonly #perColumn: readonly Local[];
  readonly #strides: readonly number[];
  readonly #access: readonly Access[];

  constructor(f: KernelWriter, spec: GemmSpec) {
    const { tile, rows, inputs } = spec;
    this.#f = f;
    this.#spec = spec;
    this.#chain = new ChainWriter(f, spec.chain);
    this.#sums = f.locals('v128', tile.rows * tile.vectors);
    this.#weights = f.locals('v128', tile.vectors);
    this.#value = f.local('v128');
    this.#a = f.local('i32');
    this.#b = f.local('i32');
    this.#access = accessOf(spec);
    this.#written = f.locals('i32', this.#access.length);
    this.#perColumn = f.locals('v128', inputs.length);
    this.#strides = rows[rows.length - 1].strides;
  }

  write(place: Place, tile: Tile): Code {
    const [strideA, ...strides] = this.#strides;
    const starts = this.#written.map((pointer, i) => {
      const row = element(place.written[i].get, place.start.get, 4 * strides[i]);
      return set(pointer, alongAxis(this.#access[i], row, place.column.get));
    });
    const sums = this.#sums.slice(0, tile.rows * tile.vectors);
    return [
      set(this.#a, element(place.a.get, place.start.get, 4 * strideA)),
      set(this.#b, place.b.get),
      sums.map((sum) => set(sum, this.#f.constant(0))),
      sweep(this.#f, {
        loops: this.#spec.reduction.map(({ extent, a, b }) => ({ extent, strides: [a, b] })),
        pointers: [this.#a, this.#b],
        body: this.#multiplyAdd(tile),
      }),
      starts,
      Array.from({ length: tile.vectors }, (_, vector) => this.#finishColumns(vector, tile)),
    ];
  }

  /** One k: a row of B times a column of A, added to the tile. */
  #multiplyAdd({ rows, vectors }: Tile): Code {
    const weights = this.#weights.slice(0, vectors);
    const value = this.#value;
    const [strideA] = this.#strides;
    return [
      weights.map((weight, j) => set(weight, v128.load(this.#b.get, 16 * j))),
      Array.from({ length: rows }, (_, i) => [
        set(value, v128.loadSplat(this.#a.get, 4 * strideA * i)),
        weights.map((weight, j) => {
          const sum = this.#sums[i * vectors + j];
          return set(sum, this.#add(sum, value, weight));
        }),
      ]),
    ];
  }

  #add(sum: Local, value: Local, weight: Local): Code {
    if (this.#spec.multiplyAdd) return f32x4.multiplyAdd(value.get, weight.get, sum.get);
    return f32x4.add(sum.get, f32x4.mul(value.get, weight.get));
  }

  /** The chain and the store for four columns of every row of the tile. */
  #finishColumns(vector: number, { rows, vectors }: Tile): Code {
    const { columns, inputs, conditions } = this.#spec;
    const [, ...strides] = this.#strides;
    const width = Math.min(4, columns) as Width;
    const bytes = (array: number, row: number) => 4 * strides[array] * row;
    const load = (input: number, row: number) =>
      loadAlong(inputs[input], this.#written[1 + input].get, { bytes: bytes(1 + input, row), floats: 4 * vector });
    const sameForRows = (input: number) => strides[1 + input] === 0;
    const kept = this.#written.length - 1;
    return [
      inputs.map((_, input) => (sameForRows(input) ? set(this.#perColumn[input], load(input, 0)) : [])),
      Array.from({ length: rows }, (_, row) => {
        const value = this.#chain.write({
          result: this.#sums[row * vectors + vector].get,
          input: (input) => (sameForRows(input) ? this.#perColumn[input].get : load(input, row)),
        });
        const bits = { conditions, value: this.#value.get, offset: bytes(kept, row) + vector };
        return [
          set(this.#value, value),
          storeLanes(this.#written[0].get, this.#value, { width, offset: bytes(0, row) + 16 * vector }),
          conditions.length === 0 ? [] : storeConditions(this.#f, this.#written[kept].get, bits),
        ];
      }),
    ];
  }
}
