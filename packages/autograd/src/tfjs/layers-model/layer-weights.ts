import type { Tensor } from '../../graph/tensor.ts';
import { sameShape, showShape } from '../../shape.ts';
import { quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import type { WeightTable } from '../weight-table.ts';

/**
 * Finds the weights of a layer. Their names end in `layer/variable`; before it files may have the names of the models
 * around the layer (`model/layer/variable` in Keras 3), or nothing.
 */
export class LayerWeights {
  readonly #table: WeightTable;
  /** Full names by their last two parts, once weights are asked for. */
  #byEnding: Map<string, string[]> | undefined;

  constructor(table: WeightTable) {
    this.#table = table;
  }

  /**
   * @param scope      names of the models around the layer, outermost first, then the layer's own
   * @param variables  names that the variable has in one version of Keras or another
   */
  find(scope: readonly string[], variables: readonly string[], shape: readonly number[]): Tensor {
    const layer = quote(scope.at(-1));
    const name = variables.map((variable) => this.#nameOf(scope, variable)).find((found) => found !== undefined);
    if (name === undefined) {
      throw new ModelError(`layer ${layer} has no weight ${quote(variables[0])} in the weights manifest`);
    }
    const tensor = this.#table.tensor(name)!;
    if (sameShape(tensor.shape, shape)) return tensor;
    const [found, needed] = [showShape(tensor.shape), showShape(shape)];
    throw new ModelError(`weight ${quote(name)} has the shape ${found}; layer ${layer} needs ${needed}`);
  }

  #nameOf(scope: readonly string[], variable: string): string | undefined {
    const ending = `${scope.at(-1)}/${variable}`;
    this.#byEnding ??= namesByEnding(this.#table.names);
    const names = this.#byEnding.get(lastParts(ending)) ?? [];
    const [best, second] = names
      .filter((name) => `/${plain(name)}`.endsWith(`/${ending}`))
      .map((name) => ({ name, shared: sharedScope(plain(name), [...scope, variable]) }))
      .sort((a, b) => b.shared - a.shared);
    if (!best || best.shared !== second?.shared) return best?.name;
    throw new ModelError(`layer ${quote(scope.at(-1))} could have the weights ${quote([best.name, second.name])}`);
  }
}

function namesByEnding(names: readonly string[]): Map<string, string[]> {
  const byEnding = new Map<string, string[]>();
  for (const name of names) {
    const ending = lastParts(plain(name));
    byEnding.set(ending, [...(byEnding.get(ending) ?? []), name]);
  }
  return byEnding;
}

/** A name without the `:0` that some files append. */
function plain(name: string): string {
  return name.replace(/:\d+$/, '');
}

function lastParts(name: string): string {
  return name.split('/').slice(-2).join('/');
}

/** How many of the models around a layer stand in a weight's name; names that have no other scope come first. */
function sharedScope(name: string, path: readonly string[]): number {
  const parts = new Set(name.split('/'));
  const shared = path.filter((part) => parts.has(part)).length;
  return shared - (parts.size - shared) / 1000;
}
