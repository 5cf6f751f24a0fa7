/**
 * Part of the page's script: from the bytes of a map to a value for every pixel. Scripts of the page are source text,
 * since no build step may rewrite them; a test checks their types.
 */
export const mapsScript = `
/**
 * @param {string} base64
 * @returns {Uint8Array}
 */
function decodeBytes(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/**
 * Enlarges a grid bilinearly with aligned corners: its first and last cells lie on the first and last pixels.
 * @param {{ rows: number, columns: number, values: ArrayLike<number> }} grid
 * @param {{ width: number, height: number }} size
 * @returns {Float32Array<ArrayBuffer>} height x width values, row by row
 */
function upsample(grid, size) {
  const across = neighbours(grid.columns, size.width);
  const result = new Float32Array(size.width * size.height);
  const down = neighbours(grid.rows, size.height);
  for (let y = 0, i = 0; y < size.height; y++) {
    const above = down.first[y] * grid.columns;
    const below = down.second[y] * grid.columns;
    const v = down.weight[y];
    for (let x = 0; x < size.width; x++, i++) {
      const left = across.first[x];
      const right = across.second[x];
      const u = across.weight[x];
      const upper = grid.values[above + left] * (1 - u) + grid.values[above + right] * u;
      const lower = grid.values[below + left] * (1 - u) + grid.values[below + right] * u;
      result[i] = upper * (1 - v) + lower * v;
    }
  }
  return result;
}

/**
 * For each of so many pixels: the two cells it lies between, and the weight of the second.
 * @param {number} cells
 * @param {number} pixels
 */
function neighbours(cells, pixels) {
  const first = new Int32Array(pixels);
  const second = new Int32Array(pixels);
  const weight = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const at = pixels > 1 ? (i * (cells - 1)) / (pixels - 1) : 0;
    first[i] = Math.floor(at);
    second[i] = Math.min(first[i] + 1, cells - 1);
    weight[i] = at - first[i];
  }
  return { first, second, weight };
}
`;
