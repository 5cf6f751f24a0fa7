import { sizeOf } from '../../../shape.ts';
import { dequantise } from '../../../stored-array.ts';
import { panelsOf } from '../kernels/panels.ts';
import { denseLayout } from '../memory/layout.ts';
import { type RawNumbers, rawNumbers } from '../memory/raw-numbers.ts';
import type { Region } from '../memory/region.ts';
import type { LowerContext } from './context.ts';
import { emitCopy } from './map.ts';

/** The right-hand matrix of a product, as it lies in some value: rows are what is summed over. */
export interface Matrix {
  readonly value: number;
  /** In floats from the first element of the value. */
  readonly start: number;
  /** Nested loops over rows, outermost first; strides in the dense value. */
  readonly rows: readonly { readonly extent: number; readonly stride: number }[];
  readonly columns: { readonly extent: number; readonly stride: number };
}

/** A matrix that the kernel can read: its columns are neighbours. */
export interface Readable {
  readonly region: Region;
  readonly start: number;
  readonly rowStrides: readonly number[];
  /** Whether it lies panel after panel. */
  readonly packed: boolean;
}

/**
 * Makes a matrix readable in panels of so many vectors of columns. A constant is packed once, panel after panel, so that
 * the kernel reads it from end to end; any other is read where it is, or copied first if its columns lie apart.
 */
export function readableMatrix(ctx: LowerContext, matrix: Matrix, vectors: number): Readable {
  const constant = ctx.constantAt(matrix.value);
  const rowCount = sizeOf(matrix.rows.map(({ extent }) => extent));
  if (constant) {
    const panels = panelsOf(matrix.columns.extent, vectors);
    const width = 4 * vectors;
    const region = ctx.take(constant, {
      key: `panels of ${vectors}: ${JSON.stringify([matrix.start, matrix.rows, matrix.columns])}`,
      floats: panels.length * rowCount * width,
      write: (into) => {
        packPanels({ into, values: rawNumbers(constant), matrix, width, starts: panels.map(({ start }) => start) });
      },
    });
    return { region, start: 0, rowStrides: rowMajor(matrix.rows, width), packed: true };
  }
  const stored = ctx.stored(matrix.value);
  if (matrix.columns.stride === 1) {
    const start = stored.layout.offset + matrix.start;
    return { region: stored.region, start, rowStrides: matrix.rows.map(({ stride }) => stride), packed: false };
  }
  const columns = matrix.columns.extent;
  const extents = [...matrix.rows.map(({ extent }) => extent), columns];
  const copy = ctx.scratch(denseLayout(extents));
  const strides = [...matrix.rows.map(({ stride }) => stride), matrix.columns.stride];
  emitCopy(ctx, {
    extents,
    out: { stored: copy, start: 0, strides: copy.layout.strides },
    input: { stored, start: matrix.start, strides },
  });
  return { region: copy.region, start: 0, rowStrides: rowMajor(matrix.rows, columns), packed: false };
}

/** Strides of nested loops that run through rows of `width` floats without a gap. */
function rowMajor(rows: Matrix['rows'], width: number): number[] {
  return rows.map((_, i) => rows.slice(i + 1).reduce((floats, { extent }) => floats * extent, width));
}

interface Packing {
  readonly into: Float32Array;
  readonly values: RawNumbers;
  readonly matrix: Matrix;
  /** Columns of a panel, and the first column of each. Places past the last column are left zero. */
  readonly width: number;
  readonly starts: readonly number[];
}

function packPanels({ into, values: { numbers, scale, min }, matrix, width, starts }: Packing): void {
  const rows = placesOf(matrix);
  const { extent, stride } = matrix.columns;
  into.fill(0);
  let at = 0;
  for (const start of starts) {
    const columns = Math.min(width, extent - start);
    for (let row = 0; row < rows.length; row++) {
      const first = rows[row] + start * stride;
      for (let column = 0; column < columns; column++)
        into[at + column] = dequantise(numbers[first + column * stride], scale, min);
      at += width;
    }
  }
}

/** Where each row of a matrix begins. */
function placesOf({ start, rows }: Matrix): Int32Array {
  return rows.reduce((places, { extent, stride }) => {
    const inner = new Int32Array(places.length * extent);
    for (let i = 0; i < inner.length; i++) inner[i] = places[Math.floor(i / extent)] + (i % extent) * stride;
    return inner;
  }, Int32Array.of(start));
}
