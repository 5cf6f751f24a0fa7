import { fill } from '../primitives/broadcast.ts';
import { add } from '../primitives/elementwise.ts';
import { ShapeError, sameShape, showShape } from '../shape.ts';
import type { Rule, Tensor } from './tensor.ts';
import { dependentsOf, topologicalOrder } from './topology.ts';

export interface GradientOptions {
  /** Gradient with respect to `y`, of y's shape; ones by default, so a `y` of several values stands for its sum. */
  readonly seed?: Tensor;
  /**
   * Derivatives that replace the built-in ones for this gradient only, by the name of the op: a composite (`relu`,
   * `softmax`) or a primitive (`conv2d`). Guided backpropagation, DeconvNet and straight-through estimators are one rule.
   */
  readonly rules?: Readonly<Record<string, Rule>>;
}

/**
 * Reverse-mode differentiation, graph to graph: the gradient of `y` with respect to each of `xs`, of their shapes.
 * The result is ordinary nodes, so it compiles with the forward pass and can be differentiated again. Where `y` does not
 * depend on an `x` the gradient is zero.
 *
 * @throws ShapeError when the seed, or what a rule returns, has the wrong shape
 */
export function gradient<const Xs extends readonly Tensor[]>(
  y: Tensor,
  xs: Xs,
  options: GradientOptions = {},
): { -readonly [K in keyof Xs]: Tensor } {
  const seed = options.seed ?? fill(1, y.shape);
  const rules = new Map(Object.entries(options.rules ?? {}));
  const gradients = pullBack({ output: y, targets: xs, seed, rules, stopAtTargets: false });
  return gradients as { -readonly [K in keyof Xs]: Tensor };
}

interface PullBack {
  readonly output: Tensor;
  readonly targets: readonly Tensor[];
  readonly seed: Tensor;
  readonly rules: ReadonlyMap<string, Rule>;
  /** Inside a composite its inputs are independent variables, even where one is computed from another. */
  readonly stopAtTargets: boolean;
}

function pullBack({ output, targets, seed, rules, stopAtTargets }: PullBack): Tensor[] {
  checkGradientShape('the seed', seed, output);
  const goals = new Set(targets);
  const dependencies = (node: Tensor) => (stopAtTargets && goals.has(node) ? [] : node.inputs);
  const order = topologicalOrder([output], dependencies);
  const active = dependentsOf(targets, order, dependencies);
  const gradients = new Map<Tensor, Tensor>([[output, seed]]);
  for (const node of order.reverse()) {
    const grad = gradients.get(node);
    if (!grad || dependencies(node).length === 0 || !active.has(node)) continue;
    inputGradients(node, grad, rules).forEach((contribution, i) => {
      const from = node.inputs[i];
      if (!contribution || !active.has(from)) return;
      const sum = gradients.get(from);
      gradients.set(from, sum ? add(sum, contribution) : contribution);
    });
  }
  return targets.map((target) => (active.has(target) && gradients.get(target)) || fill(0, target.shape));
}

function inputGradients(node: Tensor, grad: Tensor, rules: ReadonlyMap<string, Rule>): readonly (Tensor | null)[] {
  const rule = rules.get(node.op) ?? node.definition.rule;
  if (rule) return checkGradients(node, rule({ inputs: node.inputs, output: node, attrs: node.attrs }, grad));
  if (!node.expansion) throw new Error(`${node.op} has neither a derivative nor an expansion`);
  const targets = node.inputs;
  const grads = pullBack({ output: node.expansion, targets, seed: grad, rules, stopAtTargets: true });
  // An input that is given twice is one variable of the expansion: its gradient counts once.
  return grads.map((each, i) => (targets.indexOf(targets[i]) === i ? each : null));
}

function checkGradients({ op, inputs }: Tensor, grads: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
  if (grads.length !== inputs.length) {
    throw new ShapeError(
      `the derivative of ${op} needs one gradient for each of ${inputs.length} inputs, got ${grads.length}`,
    );
  }
  grads.forEach((grad, i) => {
    if (grad) checkGradientShape(`the derivative of ${op} by input ${i}`, grad, inputs[i]);
  });
  return grads;
}

function checkGradientShape(what: string, grad: Tensor, of: Tensor): void {
  if (sameShape(grad.shape, of.shape)) return;
  throw new ShapeError(`${what} needs shape ${showShape(of.shape)}, got ${showShape(grad.shape)}`);
}
