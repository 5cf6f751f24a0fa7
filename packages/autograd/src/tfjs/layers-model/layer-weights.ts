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
  /** Full names by their last two parts, without the `:0` that some files append. */
  readonly #byEnding = new Map<string, string[]>();

  constructor(table: WeightTable) {
    this.#table = table;
    for (const name of table.names) {
      const ending = lastParts(name.replace(/:\d+$/, ''), 2);
      this.#byEnding.set(ending, [...(this.#byEnding.get(ending) ?? []), name]);
    }
  }

  /**
   * @param scope      names of the models around the layer, outermost first, then the layer's own
   * @param variables  names that the variable has in one version of Keras or another
   */
  find(scope: readonly string[], variables: readonly string[], shape: readonly number[]): Tensor {
    const layer = scope[scope.length - 1];
    for (const variable of variables) {
      const name = this.#nameOf(scope, variable);
      if (name === undefined) continue;
      const tensor = this.#table.tensor(name)!;
      if (sameShape(tensor.shape, shape)) return tensor;
      const [found, wanted] = [showShape(tensor.shape), showShape(shape)];
      throw new ModelError(`weight ${quote(name)} has the shape ${found}; layer ${quote(layer)} needs ${wanted}`);
    }
    throw new ModelError(`layer ${quote(layer)} has no weight ${quote(variables[0])} in the weights manifest`);
  }

  #nameOf(scope: readonly string[], variable: string): string | undefined {
    const layer = scope[scope.length - 1];
    const ending = `${layer}/${variable}`;
    const candidates = (this.#byEnding.get(lastParts(ending, 2)) ?? []).filter((name) =>
      `/${name.replace(/:\d+$/, '')}`.endsWith(`/${ending}`),
    );
    if (candidates.length <= 1) return candidates[0];
    const shared = candidates.map((name) => sharedScope(name, [...scope, variable]));
    const best = Math.max(...shared);
    const closest = candidates.filter((_, i) => shared[i] === best);
    if (closest.length === 1) return closest[0];
    throw new ModelError(
      `layer ${quote(layer)} could have the weights ${closest.map((name) => quote(name)).join(' or ')}`,
    );
  }
}

function lastParts(name: string, count: number): string {
  return name.split('/').slice(-count).join('/');
}

/** How many of the models around a layer stand in a weight's name; names that have no other scope come first. */
function sharedScope(name: string, path: readonly string[]): number {
  const parts = new Set(name.replace(/:\d+$/, '').split('/'));
  const shared = path.filter((part) => parts.has(part)).length;
  return shared - (parts.size - shared) / 1000;
}
