import type { HostArray } from '@igos/autograd';
import type { BaselineOptions } from '../baselines/baseline.ts';
import { extent } from './extent.ts';
import type { InputScale } from './input-scale.ts';

/** What a model's input values mean, as far as noise and baselines depend on it. */
export interface InputUnits {
  /** One unit of `--noise`: 0.225 of the pixel range, the authors' unit, for a pixel scaled to the input. */
  readonly noiseUnit: number;
  /** For `makeBaseline`. */
  readonly pixels: Required<Pick<BaselineOptions, 'black' | 'mean' | 'range'>>;
}

const authorsUnit = 0.225;

/** Of an array whose scaling is not known: it speaks for itself. */
export function arrayUnits({ data }: HostArray): InputUnits {
  return { noiseUnit: 1, pixels: { black: 0, mean: 0, range: extent(data) } };
}

/** Of pixels, by their scaling. */
export function pixelUnits({ mean, std }: InputScale, channels: number): InputUnits {
  const perChannel = Array.from({ length: channels }, (_, c) => {
    return { mean: mean[c % mean.length] ?? 0, std: std[c % std.length] ?? 1 };
  });
  const input = (pixel: number) => perChannel.map((channel) => (pixel - channel.mean) / channel.std);
  const [black, white] = [input(0), input(255)];
  const range = white.map((value, c) => Math.abs(value - (black[c] ?? 0)));
  // a model that subtracts a mean was trained around it; for the others grey is the middle of the pixels
  const centred = perChannel.some((channel) => channel.mean !== 0);
  return {
    noiseUnit: (authorsUnit * range.reduce((sum, length) => sum + length, 0)) / channels,
    pixels: { black, mean: centred ? black.map(() => 0) : input(127.5), range: extent([...black, ...white]) },
  };
}
