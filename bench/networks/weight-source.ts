import { uniformArray } from '../random.ts';
import type { ConvolutionLayer, Weights } from './network.ts';

/** Draws the weights of one layer after the other, so that every framework gets the same ones. */
export function weightSource() {
  let seed = 0;
  /** Uniform, with a variance that keeps that of the activations. */
  const draw = (shape: readonly number[], { fanIn, outputs, gain }: Fan): Weights => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    seed += 2;
    const values = uniformArray(seed, count, Math.sqrt((3 * gain) / fanIn));
    return { shape, values, bias: uniformArray(seed + 1, outputs, 0.1) };
  };
  return {
    convolution(side: number, [from, outputs]: readonly [number, number], rest: Omit<ConvolutionLayer, 'weights'>) {
      const gain = rest.activation === 'none' ? 1 : 2; // rectifying halves the variance
      return { ...rest, weights: draw([side, side, from, outputs], { fanIn: side * side * from, outputs, gain }) };
    },
    depthwise(side: number, outputs: number, stride: number): ConvolutionLayer {
      const weights = draw([side, side, outputs, 1], { fanIn: side * side, outputs, gain: 2 });
      return { stride, activation: 'relu6', weights };
    },
    matrix(from: number, outputs: number): Weights {
      return draw([from, outputs], { fanIn: from, outputs, gain: 1 });
    },
  };
}

interface Fan {
  readonly fanIn: number;
  readonly outputs: number;
  readonly gain: number;
}
