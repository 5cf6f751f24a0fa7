import { TargetError } from '../errors.ts';
import { nearest } from './nearest.ts';

/** What is explained: one entry of the output, or a weighted sum of several. */
export type Target =
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'weighted'; readonly terms: readonly WeightedIndex[] };

export interface WeightedIndex {
  readonly index: number;
  readonly weight: number;
}

/** A target as a list of weighted entries. */
export function termsOf(target: Target): readonly WeightedIndex[] {
  return target.kind === 'index' ? [{ index: target.index, weight: 1 }] : target.terms;
}

/** Throws TargetError unless every entry exists among `classes` of them. */
export function checkTarget(target: Target, classes: number): void {
  for (const { index, weight } of termsOf(target)) {
    if (!Number.isSafeInteger(index) || index < 0 || index >= classes) {
      throw new TargetError(`class ${index} does not exist: the output has ${classes}, numbered 0 to ${classes - 1}`, {
        ...{ kind: 'no-such-class', index, classes },
      });
    }
    if (!Number.isFinite(weight)) {
      const fault = { kind: 'unreadable', text: `${index}:${weight}` } as const;
      throw new TargetError(`the weight of class ${index} must be a number, got ${weight}`, fault);
    }
  }
}

/**
 * Reads a target as a person writes it.
 *
 * - `3`: entry 3 of the output
 * - `tabby cat`: the class of that label, or of one of its comma-separated names; case does not matter
 * - `label:3`: the class labelled "3"
 * - `index:3-5`: entry 3 minus entry 5
 * - `3:1,5:-0.5`: entries with weights
 *
 * @throws TargetError for an unknown label (naming the nearest), one that names several classes, or a number out of range
 */
export function parseTarget(text: string, labels: readonly string[] = [], classes = labels.length): Target {
  const target = readTarget(text.trim(), labels);
  if (classes > 0) checkTarget(target, classes);
  return target;
}

const wholeNumber = /^[+-]?\d+$/;
const difference = /^index:(\d+)-(\d+)$/;
const weighted = /^\d+:[^,]*(,\s*\d+:[^,]*)*$/;

function readTarget(text: string, labels: readonly string[]): Target {
  if (wholeNumber.test(text)) return { kind: 'index', index: Number(text) };
  if (text.startsWith('label:')) return { kind: 'index', index: findLabel(text.slice('label:'.length).trim(), labels) };
  const [, plus, minus] = difference.exec(text) ?? [];
  if (plus !== undefined && minus !== undefined) {
    return { kind: 'weighted', terms: [entry(plus, 1), entry(minus, -1)] };
  }
  if (text.startsWith('index:')) {
    throw new TargetError(`a difference of two classes is written index:3-5, got '${text}'`, {
      kind: 'unreadable',
      text,
    });
  }
  if (weighted.test(text) && !labels.includes(text)) return { kind: 'weighted', terms: text.split(',').map(readTerm) };
  return { kind: 'index', index: findLabel(text, labels) };
}

function entry(index: string, weight: number): WeightedIndex {
  return { index: Number(index), weight };
}

function readTerm(text: string): WeightedIndex {
  const [index, weight = ''] = text.split(':');
  if (weight.trim() === '' || !Number.isFinite(Number(weight))) {
    const fault = { kind: 'unreadable', text: text.trim() } as const;
    throw new TargetError(`classes with weights are written 3:1,5:-0.5, got '${text.trim()}'`, fault);
  }
  return entry(index!, Number(weight));
}

/** Whole labels first, then one of the names in a label such as "tabby, tabby cat". */
function findLabel(wanted: string, labels: readonly string[]): number {
  if (labels.length === 0) {
    const fault = { kind: 'no-labels', wanted } as const;
    throw new TargetError(`this model has no labels, so '${wanted}' names no class: give its number`, fault);
  }
  const folded = wanted.toLowerCase();
  const tests: ((label: string) => boolean)[] = [
    (label) => label === wanted,
    (label) => label.toLowerCase() === folded,
    (label) => namesIn(label).some((name) => name === folded),
  ];
  for (const test of tests) {
    const found = labels.flatMap((label, index) => (test(label) ? [index] : []));
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      const fault = { kind: 'ambiguous-label', wanted, classes: found } as const;
      throw new TargetError(`'${wanted}' names classes ${found.join(' and ')}: give the number of one of them`, fault);
    }
  }
  const close = nearest(folded, labels, namesIn);
  throw new TargetError(`no class is labelled '${wanted}'; the nearest is '${close}'`, {
    ...{ kind: 'unknown-label', wanted, nearest: close },
  });
}

function namesIn(label: string): string[] {
  return label.split(',').map((name) => name.trim().toLowerCase());
}
