import type { Plan, PlanStep } from '../../../compile/plan.ts';
import { sameShape } from '../../../shape.ts';
import { type Condition, conditionsPerByte } from '../kernels/conditions.ts';
import { type KeptChain, partsOf, toChain, toExpression } from './expression.ts';
import { answerConditions, conditionKey } from './gates.ts';

/** A step, and how it reads its inputs. */
export interface KeptStep extends PlanStep {
  /** The inputs that it reads as they are, and those of which it reads conditions only. */
  readonly reads: readonly number[];
  readonly asks: readonly number[];
  /** The chain with conditions in place of comparisons. */
  readonly keptChain?: KeptChain;
}

/** A plan's steps, and the conditions on their results that later steps read. */
export interface KeptConditions {
  readonly steps: readonly KeptStep[];
  readonly ofValue: ReadonlyMap<number, readonly Condition[]>;
}

/** A value that a step's chain reads only to ask whether some conditions hold. */
interface Question {
  readonly at: number;
  readonly value: number;
  readonly conditions: readonly Condition[];
}

/**
 * Finds values that backward steps read only to ask where a gradient passes, such as an activation's 0 < y < 6. The step
 * that writes such a value keeps the answers, a bit each, and the value itself may go when the forward pass has used it:
 * that is most of a network's memory, and much of what its backward pass would read.
 */
export function keepConditions(plan: Plan): KeptConditions {
  const keeping = new Set(plan.steps.filter(keepsConditions).map(({ output }) => output));
  const questions = plan.steps.map((step, at) => questionsOf(step, at, plan).filter(({ value }) => keeping.has(value)));
  const lastRead = new Map<number, number>(plan.outputs.map(({ value }) => [value, plan.steps.length]));
  plan.steps.forEach(({ inputs }, at) => {
    const asked = new Set(questions[at].map(({ value }) => value));
    for (const id of inputs) if (!asked.has(id)) lastRead.set(id, Math.max(at, lastRead.get(id) ?? at));
  });
  const late = questions.flat().filter(({ value, at }) => at > (lastRead.get(value) ?? -1));
  const ofValue = numberConditions(late);
  return {
    ofValue,
    steps: plan.steps.map((step, at) =>
      answerStep(
        step,
        late.filter((each) => each.at === at),
        ofValue,
      ),
    ),
  };
}

/** The values of the step's own shape that its chain compares with numbers, and does nothing else with. */
function questionsOf({ chain, inputs, shape }: PlanStep, at: number, { values }: Plan): Question[] {
  if (!chain) return [];
  const root = toExpression(chain);
  return chain.operands.flatMap((operand): Question[] => {
    if (operand.kind !== 'input') return [];
    const value = inputs[operand.input];
    const readOnce = inputs.filter((id) => id === value).length === 1;
    if (!readOnce || !sameShape(values[value].shape, shape)) return [];
    const conditions: Condition[] = [];
    const rest = answerConditions(root, (condition, subject) => {
      if (subject === operand) conditions.push(condition);
      return subject === operand ? { kind: 'literal', value: 1 } : undefined;
    });
    const isRead = partsOf(rest).some((part) => 'operand' in part && part.operand === operand);
    return isRead ? [] : [{ at, value, conditions }];
  });
}

/**
 * Whether a step can keep conditions on what it writes: the kernels of contractions and of elementwise work do. Each four
 * channels, which are one vector, fill one byte.
 */
function keepsConditions({ op, multiplyAdds, shape }: PlanStep): boolean {
  const channels = shape.at(-1) ?? 0;
  return (op === 'elementwise' || multiplyAdds > 0) && channels > 0 && channels % 4 === 0;
}

/** All conditions asked of each value. One with more of them than a byte has room for is left out. */
function numberConditions(questions: readonly Question[]): Map<number, readonly Condition[]> {
  const byValue = new Map<number, Map<string, Condition>>();
  for (const { value, conditions } of questions) {
    const known = byValue.get(value) ?? new Map<string, Condition>();
    for (const condition of conditions) known.set(conditionKey(condition), condition);
    byValue.set(value, known);
  }
  const fitting = [...byValue].filter(([, conditions]) => conditions.size <= conditionsPerByte);
  return new Map(fitting.map(([value, conditions]) => [value, [...conditions.values()]]));
}

/** The step with answers in place of its questions. */
function answerStep(
  step: PlanStep,
  questions: readonly Question[],
  ofValue: ReadonlyMap<number, readonly Condition[]>,
): KeptStep {
  const asks = questions.map(({ value }) => value).filter((value) => ofValue.has(value));
  const reads = step.inputs.filter((id) => !asks.includes(id));
  if (!step.chain || asks.length === 0) return { ...step, reads, asks };
  const answered = answerConditions(toExpression(step.chain), (condition, operand) => {
    const value = operand.kind === 'input' ? step.inputs[operand.input] : -1;
    if (!asks.includes(value)) return undefined;
    const keys = ofValue.get(value)?.map(conditionKey) ?? [];
    return { kind: 'condition', value, half: keys.indexOf(conditionKey(condition)) };
  });
  return { ...step, reads, asks, keptChain: toChain(answered) };
}
