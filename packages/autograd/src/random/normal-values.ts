import { normalOf } from './normal-table.ts';
import { type StreamState, wordsOf } from './word-stream.ts';

/**
 * Fills `out` with normal noise N(0, deviation²), independent for every value and rounded to float32. Value i depends on
 * the stream and i alone.
 */
export function fillNormal(out: Float32Array | Float64Array, state: StreamState, deviation: number): void {
  const word = wordsOf(state);
  for (let i = 0; i < out.length; i++) out[i] = Math.fround(deviation * normalOf(word(i)));
}
