/**
 * Declares a local that GPU.js keeps as an integer. It turns locals into floats, which costs a conversion at every array
 * access (twice the time of a convolution) and exactness above 2^24, unless two things hold: the declared value is
 * `this.output.x`, the one expression whose type stays open on each of its passes, and a `++` is applied somewhere.
 */
export function integer(name: string, value: string): string {
  return `var ${name} = this.output.x; ${name}++; ${name} = ${value};`;
}

/** `expression * factor` for a whole factor, without needless arithmetic. */
export function times(expression: string, factor: number): string {
  if (factor === 0 || expression === '0') return '0';
  return factor === 1 ? expression : `${expression} * ${factor}`;
}

/** Sum of expressions and whole numbers, without zeros. */
export function plus(...terms: readonly (string | number)[]): string {
  const text = terms
    .map(String)
    .filter((term) => term !== '0')
    .join(' + ')
    .replaceAll('+ -', '- ');
  return text === '' ? '0' : text;
}

/** The largest integer not above `expression / divisor`, both whole; exact while the expression is below 2^22. */
export function floorDivide(expression: string, divisor: number): string {
  if (divisor === 1) return expression;
  const shift = Math.log2(divisor);
  if (!Number.isInteger(shift)) return toInteger(`Math.floor((${expression} + 0.5) / ${divisor})`);
  return expression.includes(' ') ? `(${expression}) >> ${shift}` : `${expression} >> ${shift}`;
}

/** A whole number that is stored as a float, as an integer: GLSL does not convert by itself. */
export function toInteger(expression: string): string {
  return `${expression} >> 0`;
}

/** Indents the lines of a block, so that kernels read like written code. */
export function indent(block: string): string {
  return block
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}

/** Joins statements, leaving out empty ones. */
export function lines(...statements: readonly string[]): string {
  return statements.filter((statement) => statement !== '').join('\n');
}

/** `for` loop over a literal number of turns: the only kind that GPU.js never cuts short. Its counter is no index. */
export function loop(counter: string, turns: number, body: string): string {
  return `for (var ${counter} = 0; ${counter} < ${turns}; ${counter}++) {\n${indent(body)}\n}`;
}

/** `if`, with an `else` when there is something to do otherwise. */
export function when(condition: string, body: string, otherwise = ''): string {
  const start = `if (${condition}) {\n${indent(body)}\n}`;
  return otherwise === '' ? start : `${start} else {\n${indent(otherwise)}\n}`;
}
