import { InvalidArgumentError } from 'commander';
import { nearestName } from '../nearest.ts';

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  /** The value must be larger than this. */
  readonly above?: number;
  /** The value must be smaller than this. */
  readonly below?: number;
  readonly integer?: boolean;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A parser for a number of the command line, in decimal notation and in the range. */
export function numberIn(range: NumberRange = {}): (text: string) => number {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range;
  const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = range;
  return (text) => {
    const value = decimal.test(text.trim()) ? Number(text) : Number.NaN;
    const inside = value >= min && value <= max && value > above && value < below;
    if (inside && (range.integer ? Number.isSafeInteger(value) : Number.isFinite(value))) return value;
    throw new InvalidArgumentError(`It must be ${describeRange(range)}.`);
  };
}

function describeRange({ min, max, above, below, integer }: NumberRange): string {
  const bounds = [
    min === undefined ? '' : `at least ${min}`,
    above === undefined ? '' : `above ${above}`,
    max === undefined ? '' : `at most ${max}`,
    below === undefined ? '' : `below ${below}`,
  ].filter(Boolean);
  return [integer ? 'a whole number' : 'a number', bounds.join(' and ')].filter(Boolean).join(' ');
}

/** A parser that takes the names of a table and suggests the nearest one for a slip. */
export function oneOf<T extends string>(names: readonly T[]): (text: string) => T {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    const nearest = nearestName(text, names);
    throw new InvalidArgumentError(`${nearest ? `Did you mean ${nearest}? ` : ''}Choices are ${names.join(', ')}.`);
  };
}

const units: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** `1GB`, `512M`, `1.5GiB` or a plain number -> bytes. */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([KMGT])(i?))?B?$/i.exec(text.trim());
  const unit = units[match?.[2]?.toUpperCase() ?? ''] ?? 1;
  const factor = match?.[3] ? 2 ** (10 * Math.round(Math.log10(unit) / 3)) : unit;
  const bytes = Math.floor(Number(match?.[1] ?? Number.NaN) * factor);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new InvalidArgumentError('It must be a size above 0, such as 512MB or 1GB.');
}

/** A parser of the library for an option: what it refuses is said as commander says it. */
export function asOption<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}
