import { ModelError } from './model-error.ts';

/** Upper bounds on what a model file may claim. All of it is checked before memory is set aside. */
export interface ModelLimits {
  /** Bytes of model.json, igos.json or a label file. */
  readonly jsonBytes: number;
  /** Nesting of arrays and objects in a JSON file. */
  readonly jsonDepth: number;
  /** Nodes of a graph, or calls of layers with those of nested models counted at each call. */
  readonly nodes: number;
  /** Entries of the weights manifest. */
  readonly tensors: number;
  /** Axes of a weight or of a constant. */
  readonly rank: number;
  /** Bytes of all weight files together. */
  readonly weightBytes: number;
  /** Values of one intermediate result, for one image. */
  readonly elements: number;
}

export const defaultLimits: ModelLimits = {
  jsonBytes: 64 * 2 ** 20,
  jsonDepth: 64,
  nodes: 20_000,
  tensors: 20_000,
  rank: 8,
  weightBytes: 2 * 2 ** 30,
  elements: 2 ** 28,
};

/** Throws where there is more of something than a limit allows; `what` says of what, as in `nodes of the graph`. */
export function checkLimit(
  limits: ModelLimits,
  name: keyof ModelLimits,
  [count, what]: readonly [number, string],
): void {
  if (count <= limits[name]) return;
  throw new ModelError(`${what}: ${count}; the limit is ${limits[name]} (limits.${name})`, {
    fault: { kind: 'too-large', limit: name, count, most: limits[name] },
  });
}
