import type { ChainInstruction, ChainOperand, ElementwiseChain } from '../../compile/plan.ts';
import type { ElementwiseName } from '../../primitives/attributes.ts';
import type { Grid } from './grid.ts';
import { lines } from './text.ts';

type Expression = (...args: readonly string[]) => string;

const comparison =
  (operator: string): Expression =>
  (x, y) =>
    `(${x} ${operator} ${y} ? one : zero)`;

/** A negative number has whole powers only. */
const signOfPower: Expression = (x, y) =>
  `(${x} < zero ? (Math.floor(${y}) === ${y} ? one - 2 * (${y} - 2 * Math.floor(${y} / 2)) : zero / zero) : one)`;

/**
 * Every elementwise function as an expression of its operands. `bool` values are the numbers 0 and 1. GLSL leaves powers
 * of negative numbers undefined, and tanh of large ones overflows there: both are written so that it does not matter.
 */
const expressions: Record<ElementwiseName, Expression> = {
  add: (x, y) => `${x} + ${y}`,
  sub: (x, y) => `${x} - ${y}`,
  mul: (x, y) => `${x} * ${y}`,
  div: (x, y) => `${x} / ${y}`,
  pow: (x, y) => `Math.pow(Math.abs(${x}), ${y}) * ${signOfPower(x, y)}`,
  minimum: (x, y) => `Math.min(${x}, ${y})`,
  maximum: (x, y) => `Math.max(${x}, ${y})`,
  neg: (x) => `-${x}`,
  abs: (x) => `Math.abs(${x})`,
  sign: (x) => `(${x} > zero ? one : (${x} < zero ? -one : ${x}))`,
  sqrt: (x) => `Math.sqrt(${x})`,
  exp: (x) => `Math.exp(${x})`,
  log: (x) => `Math.log(${x})`,
  tanh: (x) => `Math.tanh(Math.min(20, Math.max(-20, ${x})))`,
  sigmoid: (x) => `one / (one + Math.exp(-${x}))`,
  less: comparison('<'),
  lessEqual: comparison('<='),
  greater: comparison('>'),
  greaterEqual: comparison('>='),
  equal: comparison('==='),
  notEqual: comparison('!=='),
  select: (test, yes, no) => `(${test} > 0.5 ? ${yes} : ${no})`,
};

export interface ChainText {
  readonly statements: string;
  readonly result: string;
}

/**
 * Writes an elementwise chain as one statement per instruction. Operand k is the local `e<k>`, and so is the result of
 * the instruction of that number.
 *
 * @param own  expression of the step's own result, on which the chain works
 */
export function writeChain(chain: ElementwiseChain, { grid, own }: { grid: Grid; own: string }): ChainText {
  const { operands, instructions } = chain;
  const last = operands.length + instructions.length - 1;
  const statements = lines(
    ...operands.map((operand, i) => `var e${i} = ${operandText(operand, grid, own)};`),
    ...instructions.map((instruction, i) => `var e${operands.length + i} = ${instructionText(instruction, operands)};`),
  );
  const numbers = [
    /\bone\b/.test(statements) ? 'var one = 1;' : '',
    /\bzero\b/.test(statements) ? 'var zero = 0;' : '',
  ];
  return { statements: lines(...numbers, statements), result: `e${last}` };
}

/** Element strides with which the chain reads the step's inputs: what its grid is chosen by. */
export function chainStrides({ operands }: ElementwiseChain): (readonly number[])[] {
  return operands.flatMap((operand) => (operand.kind === 'input' ? [operand.strides] : []));
}

function operandText(operand: ChainOperand, grid: Grid, own: string): string {
  if (operand.kind === 'result') return own;
  return operand.kind === 'input' ? `v${operand.input}[${grid.address(operand.strides)}]` : literalText(operand.value);
}

/** A small whole power is written as a product. */
function instructionText({ op, args }: ChainInstruction, operands: readonly ChainOperand[]): string {
  const names = args.map((arg) => `e${arg}`);
  const exponent = op === 'pow' ? operands[args[1]] : undefined;
  if (exponent?.kind === 'literal' && [1, 2, 3, 4].includes(exponent.value)) {
    return new Array(exponent.value).fill(names[0]).join(' * ');
  }
  return expressions[op](...names);
}

/** A number in kernel text. Not-a-number has no literal there, and neither has negative zero in every mode. */
function literalText(value: number): string {
  if (Number.isNaN(value)) return 'zero / zero';
  return Object.is(value, -0) ? '-zero' : String(Math.fround(value));
}
