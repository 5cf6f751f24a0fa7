import type { Backend, HostArray } from '@igos/autograd';
import { NotFiniteError, OptionError } from './errors.ts';

export interface Range {
  readonly min?: number;
  /** Smallest allowed value is not `min` itself but anything above it. */
  readonly above?: number;
  /** The value has to be smaller than this. */
  readonly below?: number;
  readonly integer?: boolean;
}

/** Throws OptionError unless the value is a finite number inside the range. */
export function checkNumber(name: string, value: number, { min, above, below, integer }: Range = {}): void {
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  const isInside =
    value >= (min ?? NEGATIVE_INFINITY) && value > (above ?? NEGATIVE_INFINITY) && value < (below ?? POSITIVE_INFINITY);
  if (isInside && (integer ? Number.isSafeInteger(value) : Number.isFinite(value))) return;
  const bounds = Object.entries({ 'at least': min, above, below }).filter(([, bound]) => bound !== undefined);
  const words = [integer ? 'an integer' : 'a number', bounds.map((bound) => bound.join(' ')).join(' and ')];
  throw new OptionError(`${name} must be ${words.filter(Boolean).join(' ')}, got ${value}`);
}

/** Throws OptionError for anything but a function, which every part that can be exchanged is; `example` is one of ours. */
export function checkFunction(option: string, value: unknown, example: string): void {
  if (typeof value === 'function') return;
  throw new OptionError(`${option} must be a function such as ${example}, got ${describe(value)}`);
}

/** Throws OptionError for what runs nothing: no backend, the name of one, or the promise of one. */
export function checkBackend(backend: Backend | undefined): void {
  if (typeof backend?.load === 'function') return;
  throw new OptionError(
    `backend must be one of @igos/autograd, such as createWasmBackend() or referenceBackend, got ${describe(backend)}`,
  );
}

/** What came instead of a function or an object: a text in quotes, of all else the type. */
export function describe(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : typeof value;
}

/** Throws OptionError unless an array has this shape; `what` says which, as in `an image`. */
export function checkShape(what: string, { shape }: HostArray, wanted: readonly number[]): void {
  if (shape.join() === wanted.join()) return;
  throw new OptionError(`${what} needs shape [${wanted.join(', ')}], got [${shape.join(', ')}]`);
}

/** Throws NotFiniteError naming the quantity when any value is NaN or infinite. */
export function checkFinite(quantity: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) throw new NotFiniteError({ quantity });
}
