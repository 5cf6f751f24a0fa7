import type { Backend } from '@igos/autograd';
import { NotFiniteError, OptionError } from './errors.ts';

export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** Smallest allowed value is not `min` itself but anything above it. */
  readonly above?: number;
  /** Largest allowed value is not `max` itself but anything below it. */
  readonly below?: number;
  readonly integer?: boolean;
}

/** Throws OptionError unless the value is a finite number inside the range. */
export function checkNumber(name: string, value: number, range: Range = {}): void {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range;
  const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = range;
  const inside = Number.isFinite(value) && value >= min && value <= max && value > above && value < below;
  if (inside && (!range.integer || Number.isSafeInteger(value))) return;
  throw new OptionError(`${name} must be ${describe(range)}, got ${value}`);
}

function describe({ min, max, above, below, integer }: Range): string {
  const bounds = [
    min === undefined ? '' : `at least ${min}`,
    above === undefined ? '' : `above ${above}`,
    max === undefined ? '' : `at most ${max}`,
    below === undefined ? '' : `below ${below}`,
  ].filter(Boolean);
  return [integer ? 'an integer' : 'a number', bounds.join(' and ')].filter(Boolean).join(' ');
}

/** Throws OptionError for anything but a function, which every part that can be exchanged is; `example` is one of ours. */
export function checkFunction(option: string, value: unknown, example: string): void {
  if (typeof value === 'function') return;
  throw new OptionError(`${option} must be a function such as ${example}, got ${show(value)}`);
}

/** Throws OptionError for what runs nothing: no backend, the name of one, or the promise of one. */
export function checkBackend(backend: Backend | undefined): void {
  if (typeof backend?.load === 'function') return;
  throw new OptionError(
    `backend must be one of @igos/autograd, such as createWasmBackend() or referenceBackend, got ${show(backend)}`,
  );
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : typeof value;
}

/** Throws NotFiniteError naming the quantity when any value is NaN or infinite. */
export function checkFinite(quantity: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) throw new NotFiniteError({ quantity });
}
