import type { Rule } from '@igos/autograd';
import * as autograd from '@igos/autograd';
import type { Direction, GraphTerm, PathRule, Regularizer } from 'igos';
import * as igos from 'igos';
import { type Fault, FaultError } from './fault.ts';
import { runSlip, syntaxSlip } from './mistakes.ts';

/** What a reader's code brings: one of these. */
export type Part =
  | { readonly kind: 'rules'; readonly rules: Readonly<Record<string, Rule>> }
  | { readonly kind: 'direction'; readonly direction: Direction }
  | { readonly kind: 'regularizer'; readonly term: GraphTerm | Regularizer }
  | { readonly kind: 'path'; readonly rule: PathRule };

export type PartKind = Part['kind'];

const kinds: readonly PartKind[] = ['rules', 'direction', 'regularizer', 'path'];

/**
 * Runs code as a module and hands it the libraries: `export default (ag, igos) => ({ rules, … })`. Code is never made from
 * text by `eval`, which the page forbids.
 *
 * @param address  a blob of the code
 * @throws whatever the code throws; FaultError for what is no part
 */
export async function partOf(address: string): Promise<Part> {
  const { default: make } = (await import(/* @vite-ignore */ address)) as { readonly default?: unknown };
  if (typeof make !== 'function') throw new FaultError({ what: 'no-function' });
  const made: unknown = await make(autograd, igos);
  const given = kinds.filter((kind) => typeof made === 'object' && made !== null && kind in made);
  const [kind] = given;
  if (kind === undefined) throw new FaultError({ what: 'no-part' });
  if (given.length > 1) throw new FaultError({ what: 'several-parts' });
  return partFrom(kind, (made as Readonly<Record<PartKind, unknown>>)[kind]);
}

function partFrom(kind: PartKind, value: unknown): Part {
  switch (kind) {
    case 'rules': {
      const rules = Object.entries(membersOf('rules', value));
      return {
        kind,
        rules: Object.fromEntries(rules.map(([op, rule]) => [op, asFunction<Rule>(`rules.${op}`, rule)])),
      };
    }
    case 'direction':
      return { kind, direction: asFunction<Direction>(kind, value) };
    case 'regularizer': {
      if (typeof value === 'function') return { kind, term: value as GraphTerm };
      const members = membersOf(kind, value);
      const { name, value: height, gradient } = members;
      const term = {
        ...members,
        name: typeof name === 'string' ? name : kind,
        value: asFunction<Regularizer['value']>('regularizer.value', height),
        gradient: asFunction<Regularizer['gradient']>('regularizer.gradient', gradient),
      };
      return { kind, term };
    }
    case 'path':
      return { kind, rule: asFunction<PathRule>(kind, value) };
  }
}

function asFunction<F>(name: string, value: unknown): F {
  if (typeof value === 'function') return value as F;
  throw new FaultError({ what: 'wrong-type', name, wanted: 'function' });
}

function membersOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  throw new FaultError({ what: 'wrong-type', name, wanted: 'object' });
}

/** What went wrong, and the line of the code that it happened in, where the engine tells. */
export function faultOf(error: unknown, address: string): Fault {
  if (error instanceof FaultError) return error.complaint;
  const place = placeInStack(error, address) ?? placeInReport(error, address);
  const { name, message: said } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const message = `${name}: ${said}`;
  if (error instanceof igos.NotFiniteError) return { what: 'not-finite', name: error.quantity, ...place };
  if (error instanceof SyntaxError) return { what: 'syntax', slip: syntaxSlip(said), message, ...place };
  return { what: 'thrown', slip: runSlip(error), message, ...place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The innermost call that lies in the code. */
function placeInStack(error: unknown, address: string): Place | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const from = stack.indexOf(`${address}:`);
  const found = from < 0 ? null : /^(\d+):(\d+)/.exec(stack.slice(from + address.length + 1));
  return found ? { line: Number(found[1]), column: Number(found[2]) } : undefined;
}

/** The report of an error that we make ourselves, to learn its place. */
let report: { event?: ErrorEvent } | undefined;

/** Hears of errors where nobody waits for them: in a timer, or in a promise that was left alone. */
export function hearLostErrors(tell: (error: unknown) => void): void {
  self.addEventListener('error', (event) => {
    event.preventDefault();
    if (report) report.event = event;
    else tell(event.error);
  });
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    tell(event.reason);
  });
}

/** The stack of a syntax error does not have its place, but the report of it does. */
function placeInReport(error: unknown, address: string): Place | undefined {
  report = {};
  self.reportError(error);
  const { event } = report;
  report = undefined;
  return event?.filename === address ? { line: event.lineno, column: event.colno } : undefined;
}
