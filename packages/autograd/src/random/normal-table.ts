const tableBits = 16;

let table: Float64Array | undefined;

/** Standard normal values at 2^16 equally likely positions, scaled to a standard deviation of exactly 1. */
function normalTable(): Float64Array {
  if (table) return table;
  const size = 2 ** tableBits;
  const values = new Float64Array(size);
  let quantile = 0;
  for (let i = size / 2; i < size; i++) {
    quantile = refineQuantile((i + 0.5) / size - 0.5, quantile);
    values[i] = quantile;
    values[size - 1 - i] = -quantile;
  }
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / size);
  table = values.map((value) => value / deviation);
  return table;
}

/** A normal value from the upper bits of a uniform 32-bit word. No rejection: one word, one value. */
export function normalOf(word: number): number {
  return normalTable()[word >>> (32 - tableBits)]!;
}

/**
 * The value below which a standard normal number falls with probability 1/2 + `above`, to about 1e-11: Halley's method
 * from a value near by.
 */
function refineQuantile(above: number, near: number): number {
  let value = near;
  for (let change = 1; Math.abs(change) > 1e-9; value += change) {
    const newton = (above - probabilityAboveMean(value)) / density(value);
    change = newton / (1 + (newton * value) / 2);
  }
  return value;
}

/** Probability of a standard normal number between 0 and `value`: φ(z) · (z + z³/3 + z⁵/(3·5) + …). */
function probabilityAboveMean(value: number): number {
  let term = value;
  let sum = value;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= (value * value) / odd;
    sum += term;
  }
  return density(value) * sum;
}

function density(value: number): number {
  return Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI);
}
