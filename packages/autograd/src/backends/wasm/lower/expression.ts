import type { ChainInstruction, ChainOperand } from '../../../compile/plan.ts';

/** What a chain reads here: also a condition on a value, kept as bits when that value was written. */
export type Operand = ChainOperand | { readonly kind: 'condition'; readonly value: number; readonly half: number };

/** An elementwise chain as the plan has it, which may read kept conditions. */
export interface KeptChain {
  readonly operands: readonly Operand[];
  readonly instructions: readonly ChainInstruction[];
}

/** The same as a graph: what the numbered slots stand for. What is read twice is one object. */
export type Expression =
  | { readonly operand: Operand }
  | { readonly op: ChainInstruction['op']; readonly args: readonly Expression[] };

export function toExpression({ operands, instructions }: KeptChain): Expression {
  const slots: Expression[] = operands.map((operand) => ({ operand }));
  for (const { op, args } of instructions) slots.push({ op, args: args.map((arg) => slots[arg]) });
  return slots[slots.length - 1];
}

/** All parts of an expression, arguments first, each once. */
export function partsOf(root: Expression): Expression[] {
  const found = new Set<Expression>();
  const visit = (part: Expression) => {
    if (found.has(part)) return;
    if ('args' in part) part.args.forEach(visit);
    found.add(part);
  };
  visit(root);
  return [...found];
}

/** Numbers the parts of an expression: operands first, then instructions. */
export function toChain(root: Expression): KeptChain {
  const parts = partsOf(root);
  const leaves = parts.flatMap((part) => ('operand' in part ? [part] : []));
  const nodes = parts.flatMap((part) => ('args' in part ? [part] : []));
  const slots = new Map<Expression, number>([...leaves, ...nodes].map((part, slot) => [part, slot]));
  return {
    operands: leaves.map(({ operand }) => operand),
    instructions: nodes.map(({ op, args }) => ({ op, args: args.map((arg) => slots.get(arg) as number) })),
  };
}
