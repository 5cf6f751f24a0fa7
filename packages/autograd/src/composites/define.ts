import {
  type Attributes,
  type DifferentiatedNode,
  define,
  internNode,
  type Rule,
  type Tensor,
} from '../graph/tensor.ts';
import { ShapeError } from '../shape.ts';

/** Gradient with respect to each input of a composite, null where nothing flows. */
export type CompositeRule<A> = (node: DifferentiatedNode<A>, grad: Tensor) => readonly (Tensor | null)[];

/**
 * A function of other ops that keeps its name until after differentiation, so that `gradient` can be given another rule
 * for it, and so that plans and profiles can say which layer a step belongs to.
 *
 * @param name    what the node is called, and the key for `rules`
 * @param expand  the ops it stands for
 * @param rule    its derivative, where that of the expansion is wasteful or loses digits
 */
export function defineComposite<A extends object>(
  name: string,
  expand: (inputs: readonly Tensor[], attrs: A) => Tensor,
  rule?: CompositeRule<A>,
): (inputs: readonly Tensor[], attrs: A) => Tensor {
  // The attributes of a node are those that its op was built with.
  const definition = define({ kind: 'composite', name, ...(rule && { rule: rule as Rule }) });
  return (inputs, attrs) => {
    if (inputs.length === 0) throw new ShapeError(`${name} needs at least one input`);
    const expansion = expand(inputs, attrs);
    const { shape, dtype } = expansion;
    return internNode({ definition, inputs, attrs: attrs as Attributes, shape, dtype, expansion });
  };
}

/** A composite of one tensor that has no attributes. */
export function defineFunction(
  name: string,
  expand: (x: Tensor) => Tensor,
  rule?: CompositeRule<object>,
): (x: Tensor) => Tensor {
  const build = defineComposite<object>(name, ([x]) => expand(x), rule);
  return (x) => build([x], {});
}

/**
 * A differentiable op made of two functions of tensors: what it computes, and how a gradient flows back through it.
 *
 * @param forward   builds the value from the inputs
 * @param backward  builds the gradient of each input, of its shape (null: none), from the gradient of the value
 * @throws ShapeError, when differentiated, if a gradient has another shape than its input
 *
 * @example
 * // rounds, and lets the gradient through unchanged
 * const straightThrough = customGradient((x) => select(greater(x, 0.5), 1, 0), (_, grad) => [grad]);
 */
export function customGradient(
  forward: (...inputs: Tensor[]) => Tensor,
  backward: CompositeRule<object>,
): (...inputs: Tensor[]) => Tensor {
  const build = defineComposite<object>('customGradient', (inputs) => forward(...inputs), backward);
  return (...inputs) => build(inputs, {});
}
