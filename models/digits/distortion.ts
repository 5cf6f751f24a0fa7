const side = 28;
const centre = (side - 1) / 2;

export interface DistortionLimits {
  /** Largest change of each entry of the 2×2 matrix that turns, stretches and slants; 0.1 turns by up to 6°. */
  readonly bend: number;
  /** Largest move along each axis, in pixels. */
  readonly shift: number;
}

/**
 * A digit as another hand might have written it: turned, stretched, slanted and moved a little. The network sees each digit
 * in a new shape every time, which is worth far more to it than seeing the same pixels again.
 *
 * @param image   `[28, 28]`, black (0) outside
 * @param random  six numbers from -1 to 1, by their index
 * @returns       `[28, 28]`, each pixel read between the four pixels of the image that it comes from
 */
export function distort(
  image: ArrayLike<number>,
  { bend, shift }: DistortionLimits,
  random: (index: number) => number,
): Float64Array {
  const [rowFromRow, rowFromColumn, columnFromRow, columnFromColumn] = [
    1 + bend * random(0),
    bend * random(1),
    bend * random(2),
    1 + bend * random(3),
  ];
  const [rowMove, columnMove] = [shift * random(4), shift * random(5)];
  return Float64Array.from(image, (_, place) => {
    const down = Math.floor(place / side) - centre;
    const right = (place % side) - centre;
    const row = centre + rowFromRow * down + rowFromColumn * right + rowMove;
    const column = centre + columnFromRow * down + columnFromColumn * right + columnMove;
    return between(image, row, column);
  });
}

/** The image's value at a place between pixels: bilinear. */
function between(image: ArrayLike<number>, row: number, column: number): number {
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [low, far] = [row - top, column - left];
  const upper = (1 - far) * pixelAt(image, top, left) + far * pixelAt(image, top, left + 1);
  const lower = (1 - far) * pixelAt(image, top + 1, left) + far * pixelAt(image, top + 1, left + 1);
  return (1 - low) * upper + low * lower;
}

function pixelAt(image: ArrayLike<number>, row: number, column: number): number {
  const inside = row >= 0 && row < side && column >= 0 && column < side;
  return inside ? image[row * side + column]! : 0;
}
