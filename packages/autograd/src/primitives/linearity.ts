/**
 * Whether an op is linear, jointly, in those of its inputs that vary, while the others are held fixed: then a sum over
 * many runs of the op is one run of the op on the sums.
 */
export type Linearity = (varies: readonly boolean[]) => boolean;

/** In no input. */
export const linearInNone: Linearity = () => false;

const count = (varies: readonly boolean[]) => varies.filter(Boolean).length;

/** Moves, repeats or adds up values. A part that stays fixed would be added once for every run, so none may. */
export const linearInAll: Linearity = (varies) => varies.every(Boolean);

/** A product: linear in either factor. */
export const linearInOne: Linearity = (varies) => count(varies) === 1;

/** Linear in its first input, for fixed others. */
export const linearInFirst: Linearity = (varies) => varies[0] && count(varies) === 1;

/** A choice: linear in what it chooses from, for a fixed test. */
export const linearInChoices: Linearity = ([test, ...choices]) => !test && choices.every(Boolean);
