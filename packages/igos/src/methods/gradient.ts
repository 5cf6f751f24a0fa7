import { overChannels, resultOfAttributions } from './attribution.ts';
import type { Method } from './method.ts';

/** Largest absolute derivative of the score over the channels of each pixel (Simonyan, Vedaldi and Zisserman 2013). */
export const gradient: Method = async function* (context) {
  const { problem, checkpoint } = context;
  const { gradient } = await problem.imageGradient(problem.image, { checkpoint });
  const channels = problem.image.shape[2]!;
  const largest = overChannels(gradient.data, channels, (max, value) => Math.max(max, Math.abs(value)));
  return resultOfAttributions(context, largest);
};
