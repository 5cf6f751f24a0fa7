import { type Comparison, type Condition, isComparison } from '../kernels/conditions.ts';
import type { Expression, Operand } from './expression.ts';

/** Gives what stands for a condition on an operand, or nothing if it is to stay as it is. */
type Answer = (condition: Condition, operand: Operand) => Operand | undefined;

/**
 * Replaces what an expression asks of its operands, which are comparisons with numbers, by the answers. Choices within
 * choices that pass something on where their comparisons hold, and give 0 elsewhere, ask for all of these at once.
 */
export function answerConditions(root: Expression, answer: Answer): Expression {
  const done = new Map<Expression, Expression>();
  const visit = (part: Expression): Expression => {
    const result = done.get(part) ?? replace(part);
    done.set(part, result);
    return result;
  };
  const ask = (condition: Condition, { subject }: Asked): Expression | undefined => {
    const operand = answer(condition, subject);
    return operand && { operand };
  };
  const replace = (part: Expression): Expression => {
    if ('operand' in part) return part;
    const gates = gatesOf(part);
    const open =
      gates.length > 0 &&
      ask(
        gates.map(({ asked }) => asked.comparison),
        gates[0].asked,
      );
    if (open) return { op: 'select', args: [open, visit(gates[gates.length - 1].passed), { operand: zero }] };
    const asked = askedBy(part);
    return (asked && ask([asked.comparison], asked)) ?? { op: part.op, args: part.args.map(visit) };
  };
  return visit(root);
}

/** The same text for the same condition. */
export function conditionKey(condition: Condition): string {
  const comparisons = condition.map(({ op, number, reversed }) => `${op} ${number} ${reversed}`);
  return comparisons.sort().join(' and ');
}

const zero: Operand = { kind: 'literal', value: 0 };

interface Asked {
  readonly comparison: Comparison;
  readonly subject: Operand;
}

interface Gate {
  readonly asked: Asked;
  readonly passed: Expression;
}

/** The choices from here inwards that ask about one operand and give 0 otherwise. */
function gatesOf(part: Expression): Gate[] {
  const gates: Gate[] = [];
  for (let inner = part; 'args' in inner && inner.op === 'select'; inner = inner.args[1]) {
    const [test, passed, otherwise] = inner.args;
    const asked = askedBy(test);
    const follows = gates.length === 0 || gates[0].asked.subject === asked?.subject;
    if (!asked || !follows || literalOf(otherwise) !== 0) break;
    gates.push({ asked, passed });
  }
  return gates;
}

/** The operand and the number that an expression compares, if it does. */
function askedBy(part: Expression): Asked | undefined {
  if (!('args' in part) || !isComparison(part.op)) return undefined;
  const [left, right] = part.args;
  const [before, after] = [literalOf(left), literalOf(right)];
  if (after !== undefined && 'operand' in left) {
    return { comparison: { op: part.op, number: after, reversed: false }, subject: left.operand };
  }
  if (before !== undefined && 'operand' in right) {
    return { comparison: { op: part.op, number: before, reversed: true }, subject: right.operand };
  }
  return undefined;
}

function literalOf(part: Expression): number | undefined {
  return 'operand' in part && part.operand.kind === 'literal' ? part.operand.value : undefined;
}
