import type { HostArray } from '@igos/autograd';

/** Arrays by name: the weights of a network, or the gradient with respect to each. */
export type Weights = Readonly<Record<string, HostArray>>;

/** Memory of the averages, and what keeps the division from 0: the values of the paper. */
const [firstDecay, secondDecay, epsilon] = [0.9, 0.999, 1e-8];

/**
 * Adam: each weight moves against the running average of its gradient, divided by the running size of that gradient, so
 * that all weights move by steps of about the learning rate.
 *
 * @returns  a function that changes the weights in place
 * @source   D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization" (ICLR 2015), algorithm 1
 */
export function createAdam(weights: Weights): (gradients: Weights, learningRate: number) => void {
  const states = Object.entries(weights).map(([name, { data }]) => ({
    name,
    values: data,
    average: new Float64Array(data.length),
    square: new Float64Array(data.length),
  }));
  // Both averages start at 0; these are the parts of them that real gradients make up by now.
  let [firstFilled, secondFilled] = [0, 0];
  return (gradients, learningRate) => {
    firstFilled += (1 - firstDecay) * (1 - firstFilled);
    secondFilled += (1 - secondDecay) * (1 - secondFilled);
    for (const { name, values, average, square } of states) {
      const gradient = gradients[name]!.data;
      for (let i = 0; i < values.length; i++) {
        average[i]! += (1 - firstDecay) * (gradient[i]! - average[i]!);
        square[i]! += (1 - secondDecay) * (gradient[i]! * gradient[i]! - square[i]!);
        const size = Math.sqrt(square[i]! / secondFilled);
        values[i]! -= (learningRate * average[i]!) / firstFilled / (size + epsilon);
      }
    }
  };
}
