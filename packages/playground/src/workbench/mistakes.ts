/** Usual slips of writing. */
export type SyntaxSlip = 'unfinished' | 'bracket' | 'reserved' | 'sign' | 'twice' | 'unexpected' | 'other';

/** Usual ways for code to end with an error. */
export type RunSlip = 'unknown-name' | 'misused' | 'other';

/** What engines say of each, in Chromium, Firefox and Safari; the first that fits. They number no errors: words are all there is. */
const syntaxWords: readonly (readonly [SyntaxSlip, RegExp])[] = [
  ['unfinished', /end of (input|script)|unexpected eof/i],
  ['bracket', /missing [)\]}]/i],
  ['reserved', /reserved|\bawait\b/i],
  ['sign', /invalid or unexpected token|(illegal|invalid) character|unterminated|string literal/i],
  ['twice', /already been declared|redeclaration|variable twice/i],
  ['unexpected', /unexpected |expected .*got /i],
];

export function syntaxSlip(message: string): SyntaxSlip {
  return syntaxWords.find(([, pattern]) => pattern.test(message))?.[0] ?? 'other';
}

export function runSlip(error: unknown): RunSlip {
  if (error instanceof ReferenceError) return 'unknown-name';
  return error instanceof TypeError ? 'misused' : 'other';
}
