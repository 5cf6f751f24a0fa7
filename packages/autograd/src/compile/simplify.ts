import type { Tensor } from '../graph/tensor.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { neg } from '../primitives/elementwise.ts';
import { reshape, transpose } from '../primitives/structure.ts';
import { sameShape } from '../shape.ts';
import { repeatedScalar, repeatsConstant } from './constants.ts';
import { type Draft, rebuild, rewrite } from './rewrite.ts';

/** A shorter way to say a node, or undefined where there is none. */
type Simplification = (node: Tensor) => Tensor | undefined;

/** x ∘ value = x, on the sides where that holds. */
function neutral(value: number, { left }: { left: boolean }): Simplification {
  return ({ inputs: [x, y] }) => {
    if (repeatedScalar(y) === value) return x;
    return left && repeatedScalar(x) === value ? y : undefined;
  };
}

/** (x ∘ a) ∘ b = x ∘ (a ∘ b) for constants a and b, so that they fold. */
const joinConstants: Simplification = (node) => {
  const [inner, b] = node.inputs;
  if (inner.op !== node.op || !repeatsConstant(inner.inputs[1]) || !repeatsConstant(b)) return undefined;
  const [x, a] = inner.inputs;
  return rebuild(node, [x, rebuild(node, [a, b])]);
};

const simplifications: Readonly<Record<string, Simplification>> = {
  add: (node) => neutral(0, { left: true })(node) ?? joinConstants(node),
  sub: (node) => (repeatedScalar(node.inputs[0]) === 0 ? neg(node.inputs[1]) : neutral(0, { left: false })(node)),
  mul: (node) => neutral(1, { left: true })(node) ?? joinConstants(node),
  div: neutral(1, { left: false }),
  neg: ({ inputs: [x] }) => (x.op === 'neg' ? x.inputs[0] : undefined),
  stopGradient: ({ inputs: [x] }) => x,
  reshape: ({ inputs: [x], shape }) => {
    if (sameShape(x.shape, shape)) return x;
    if (x.op === 'broadcast' && x.inputs[0].shape.length === 0) return broadcast(x.inputs[0], shape);
    return x.op === 'reshape' ? reshape(x.inputs[0], shape) : undefined;
  },
  broadcast: ({ inputs: [x], shape }) => {
    if (sameShape(x.shape, shape)) return x;
    return x.op === 'broadcast' ? broadcast(x.inputs[0], shape) : undefined;
  },
  transpose: ({ inputs: [x], attrs }) => {
    const perm = attrs.perm as readonly number[];
    if (perm.every((from, axis) => from === axis)) return x;
    if (x.op !== 'transpose') return undefined;
    const first = x.attrs.perm as readonly number[];
    return transpose(
      x.inputs[0],
      perm.map((axis) => first[axis]),
    );
  },
  slice: ({ inputs: [x], shape }) => (sameShape(x.shape, shape) ? x : undefined),
  dilatePad: ({ inputs: [x], shape }) => (sameShape(x.shape, shape) ? x : undefined),
};

/** Drops what changes nothing: + 0, × 1, double negation, reshapes of reshapes. */
export function simplify(draft: Draft): Draft {
  return rewrite(draft, (node, inputs) => {
    let simple = rebuild(node, inputs);
    for (let next: Tensor | undefined = simple; next; next = simplifications[simple.op]?.(simple)) simple = next;
    return simple;
  });
}
