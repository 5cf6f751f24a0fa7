import type { Tensor } from '@igos/autograd';

/** What is explained, as a graph: images `[n, h, w, c]` -> one score each, `[n]`. */
export type ScoreFunction = (images: Tensor) => Tensor;
