import type { Bilinear } from '../problem/bilinear.ts';
import { bilateralTv } from './bilateral-tv.ts';
import { l1 } from './l1.ts';
import type { HostRegularizer } from './regularizer.ts';
import { totalVariation } from './total-variation.ts';

/** What a built-in term may look at besides the mask. */
export interface RegularizerContext {
  /** Exponent of the total variation, >= 1. */
  readonly tvBeta: number;
  /** Squared image difference at which a bilateral weight has fallen to 1/e. */
  readonly bilateralSigma: number;
  /** `[h, w, c]` values, row-major. */
  readonly image: ArrayLike<number>;
  readonly upsampling: Bilinear;
}

/** The built-in terms of the objective; each is multiplied by a weight of the same name. */
export const regularizers = {
  l1: () => l1,
  tv: ({ tvBeta }) => totalVariation(tvBeta),
  bilateral: ({ image, upsampling, bilateralSigma }) => bilateralTv({ image, upsampling, sigma: bilateralSigma }),
} satisfies Record<string, (context: RegularizerContext) => HostRegularizer>;

export type RegularizerName = keyof typeof regularizers;
export type Weights = Readonly<Record<RegularizerName, number>>;
