import type { ChainOperand, ElementwiseChain, Plan, PlanStep, PlanValue } from '../compile/plan.ts';
import { sizeOf, stridesOf } from '../shape.ts';

/** A plan in which no step reads more arrays than a kernel can take. */
export interface SplitPlan {
  readonly plan: Plan;
  /** For each step, the number of the step it is a part of. */
  readonly origins: readonly number[];
}

/**
 * Splits steps that read too many arrays: a concatenation becomes one of concatenations, and of a long elementwise chain
 * a part is computed first.
 *
 * @param most  arrays that a kernel can take, at least 3
 */
export function splitSteps(plan: Plan, most: number): SplitPlan {
  const values: PlanValue[] = [...plan.values];
  const buffers = [...plan.buffers];
  const store = (shape: PlanValue['shape']): number => {
    const buffer = buffers.push(sizeOf(shape)) - 1;
    return values.push({ id: values.length, shape, dtype: 'float', source: 'step', buffer }) - 1;
  };
  const context: Context = { most, store, shapeOf: (id) => values[id].shape };
  const parts = plan.steps.map((step) => split(step, context));
  const origins = parts.flatMap((list, i) => list.map(() => i));
  return { plan: { ...plan, values, buffers, steps: parts.flat() }, origins };
}

interface Context {
  readonly most: number;
  /** Makes a value for a part's result. */
  readonly store: (shape: PlanValue['shape']) => number;
  readonly shapeOf: (id: number) => PlanValue['shape'];
}

function split(step: PlanStep, context: Context): PlanStep[] {
  if (step.inputs.length <= context.most) return [step];
  if (step.op === 'concat') return splitConcat(step, context);
  const { chain } = step;
  if (!chain) throw new Error(`a kernel cannot read the ${step.inputs.length} arrays of '${step.op}'`);
  const first = bestPart({ ...step, chain }, context.most);
  const { before, after } = cut({ ...step, chain }, first, context.store(step.shape));
  return [...split(before, context), ...split(after, context)];
}

function splitConcat(step: PlanStep, context: Context): PlanStep[] {
  const axis = step.attrs.axis as number;
  const groups = Array.from({ length: Math.ceil(step.inputs.length / context.most) }, (_, i) =>
    step.inputs.slice(i * context.most, (i + 1) * context.most),
  );
  const parts = groups.map((inputs): PlanStep => {
    const extent = inputs.reduce((sum, id) => sum + context.shapeOf(id)[axis], 0);
    const shape = step.shape.with(axis, extent);
    return { ...step, inputs, shape, output: context.store(shape) };
  });
  return [...parts, ...split({ ...step, inputs: parts.map(({ output }) => output) }, context)];
}

type ChainedStep = PlanStep & { readonly chain: ElementwiseChain };

/** The instructions that the last of them is made of, in their order; none stands for the step's own op alone. */
type Part = readonly number[];

/** The part that spares the rest of the chain the most inputs; there is one, unless all of it needs the step's own op. */
function bestPart({ inputs, chain }: ChainedStep, most: number): Part {
  const { operands, instructions } = chain;
  const own = inputs.length - new Set(operands.flatMap(inputOf)).size;
  const candidates = instructions.slice(0, -1).flatMap((_, last) => {
    const part = partUpTo(chain, last);
    const [read, left] = [part, restAfter(chain, part)].map((list) => readsOf(chain, list));
    // One of both computes the step's own op; the other has to do without it.
    if (read.result && left.result) return [];
    const spared = [...read.inputs].filter((input) => !left.inputs.has(input)).length - 1;
    const fits = read.inputs.size + (read.result ? own : 0) <= most;
    return fits ? [{ part, spared }] : [];
  });
  const [best] = candidates.sort((a, b) => b.spared - a.spared || b.part.length - a.part.length);
  return best?.part ?? [];
}

/** An instruction and all that it is made of, as far as that is not `known`. */
function partUpTo({ operands, instructions }: ElementwiseChain, last: number, known?: number): number[] {
  const found = new Set([last]);
  for (let i = last; i >= 0; i--) {
    if (!found.has(i)) continue;
    for (const arg of instructions[i].args) {
      if (arg >= operands.length && arg !== known) found.add(arg - operands.length);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** The operand or instruction that is known once a part has been computed. */
function resultOf({ operands }: ElementwiseChain, part: Part): number {
  if (part.length === 0) return operands.findIndex(({ kind }) => kind === 'result');
  return operands.length + part[part.length - 1];
}

/** What is left to do; some of it may be done a second time. */
function restAfter(chain: ElementwiseChain, part: Part): number[] {
  return partUpTo(chain, chain.instructions.length - 1, resultOf(chain, part));
}

function inputOf(operand: ChainOperand): number[] {
  return operand.kind === 'input' ? [operand.input] : [];
}

function readsOf({ operands, instructions }: ElementwiseChain, list: readonly number[]) {
  const read = list.flatMap((i) => instructions[i].args).flatMap((arg) => operands[arg] ?? []);
  return { inputs: new Set(read.flatMap(inputOf)), result: read.some(({ kind }) => kind === 'result') };
}

/** The step that computes a part, and the one that goes on from its result. */
function cut(step: ChainedStep, part: Part, stored: number): { before: PlanStep; after: PlanStep } {
  const { chain, inputs, op } = step;
  const chained = new Set(chain.operands.flatMap(inputOf));
  const ofOp = inputs.filter((_, i) => !chained.has(i));
  const first = op !== 'elementwise' && (part.length === 0 || readsOf(chain, part).result);
  const { chain: _, ...withoutChain } = step;
  const elementwise = { ...withoutChain, op: 'elementwise' as const, attrs: {}, multiplyAdds: 0 };
  const known = { number: resultOf(chain, part), value: stored };
  return {
    before: {
      ...(first ? withoutChain : elementwise),
      ...partOf(step, part, { from: first ? ofOp : [] }),
      output: stored,
    },
    after: {
      ...(first ? elementwise : withoutChain),
      ...partOf(step, restAfter(chain, part), { from: first ? [] : ofOp, known }),
    },
  };
}

interface PartOptions {
  /** Inputs of the step's own op. */
  readonly from: readonly number[];
  /** An operand or instruction whose value is stored. */
  readonly known?: { readonly number: number; readonly value: number };
}

/** Some of a chain's instructions as a chain of their own, and the inputs of a step with it. */
function partOf({ chain, inputs, shape }: ChainedStep, list: readonly number[], { from, known }: PartOptions) {
  const { operands, instructions } = chain;
  const reads = [...from];
  const kept: ChainOperand[] = [];
  const slots = new Map<number, number>();
  const read = (id: number) => (reads.includes(id, from.length) ? reads.indexOf(id, from.length) : reads.push(id) - 1);
  for (const number of list.flatMap((i) => instructions[i].args)) {
    if (slots.has(number)) continue;
    if (number === known?.number) {
      slots.set(number, kept.length);
      kept.push({ kind: 'input', input: read(known.value), strides: stridesOf(shape), dtype: 'float' });
    } else if (number < operands.length) {
      const operand = operands[number];
      slots.set(number, kept.length);
      kept.push(operand.kind === 'input' ? { ...operand, input: read(inputs[operand.input]) } : operand);
    }
  }
  for (const [place, i] of list.entries()) slots.set(operands.length + i, kept.length + place);
  const renumbered = list.map((i) => ({
    op: instructions[i].op,
    args: instructions[i].args.map((arg) => slots.get(arg) as number),
  }));
  return { inputs: reads, ...(list.length > 0 && { chain: { operands: kept, instructions: renumbered } }) };
}
