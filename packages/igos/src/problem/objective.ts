/** The regularizers at one mask. */
export interface PenaltyValues {
  /** Unweighted mean |1 − m|. */
  readonly l1: number;
  /** Unweighted total variation. */
  readonly tv: number;
  /** All terms, weighted and added. */
  readonly penalty: number;
}

/** The objective at one mask. */
export interface Objective extends PenaltyValues {
  /** Score of the masked image, or the path average where that is what was asked for. */
  readonly score: number;
  /** Score plus penalty. */
  readonly objective: number;
}

/** What the network says of one image. */
export interface ImageValues {
  readonly score: number;
  readonly probability: number;
}

export interface EndpointObjective extends Objective, ImageValues {}

/** The objective of a mask whose score is known: score plus penalty, beside what it is made of. */
export function withPenalty<Values extends { readonly score: number }>(values: Values, penalties: PenaltyValues) {
  return { ...values, ...penalties, objective: values.score + penalties.penalty };
}
