import { checkLimit, type ModelLimits } from './limits.ts';
import { ModelError } from './model-error.ts';

/**
 * A value of an untrusted JSON document together with its place in it. `at` steps inside, the typed readers end the
 * walk: they return the value, or throw a ModelError that names the place. With a fallback, a value that is absent or
 * null is the fallback; a value of another type is an error all the same.
 */
export class Json {
  readonly value: unknown;
  /** Where the value stands, as in `model.json: modelTopology.node[3].attr`. */
  readonly where: string;

  constructor(value: unknown, where: string) {
    this.value = value;
    this.where = where;
  }

  /** The member of an object; absent where this is no object or has no such member. */
  at(key: string): Json {
    const separator = this.where.endsWith(':') ? ' ' : '.';
    const member = isObject(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Json(member, `${this.where}${separator}${key}`);
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** This value where it is present, else another. */
  or(other: Json): Json {
    return this.present ? this : other;
  }

  get isObject(): boolean {
    return isObject(this.value);
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  /** The members of an object in file order. */
  entries(): [string, Json][] {
    if (!isObject(this.value)) throw this.error('an object');
    return Object.keys(this.value).map((key) => [key, this.at(key)]);
  }

  list(fallback?: readonly unknown[]): Json[] {
    const value = this.value ?? fallback;
    if (!Array.isArray(value)) throw this.error('a list');
    return value.map((item, i) => new Json(item, `${this.where}[${i}]`));
  }

  /** The items of a list; what is no list is the only item. */
  items(): Json[] {
    return this.isList ? this.list() : [this];
  }

  string(fallback?: string): string {
    const value = this.value ?? fallback;
    if (typeof value !== 'string') throw this.error('a string');
    return value;
  }

  boolean(fallback?: boolean): boolean {
    const value = this.value ?? fallback;
    if (typeof value !== 'boolean') throw this.error('true or false');
    return value;
  }

  /** A finite number. */
  number(fallback?: number): number {
    const value = this.value ?? fallback;
    if (!Number.isFinite(value)) throw this.error('a number');
    return value as number;
  }

  integer(fallback?: number): number {
    const value = this.value ?? fallback;
    if (!Number.isSafeInteger(value)) throw this.error('an integer');
    return value as number;
  }

  /** An integer of at least 0. */
  count(): number {
    if (this.integer() < 0) throw this.error('an integer of at least 0');
    return this.integer();
  }

  integers(fallback?: readonly number[]): number[] {
    return this.list(fallback).map((item) => item.integer());
  }

  /** One integer for rows and columns, or two. */
  pair(fallback?: number): [number, number] {
    const [rows, columns = rows, ...others] = this.items().map((item) => item.integer(fallback));
    if (rows === undefined || others.length > 0) throw this.error('one or two integers');
    return [rows, columns];
  }

  oneOf<const T extends string>(names: readonly T[], fallback?: NoInfer<T>): T {
    const name = this.string(fallback) as T;
    if (!names.includes(name)) throw this.error(`one of ${names.join(', ')}`);
    return name;
  }

  error(expected: string): ModelError {
    const found = this.value === undefined ? 'missing' : quote(this.value);
    return new ModelError(`${this.where} is ${found}; expected ${expected}`);
  }
}

/** Parses the bytes of a JSON file, after its size and nesting were found within the limits. */
export function parseJson(bytes: Uint8Array, file: string, limits: ModelLimits): Json {
  checkLimit(limits, 'jsonBytes', [bytes.byteLength, `bytes of ${file}`]);
  const text = decodeText(bytes, file);
  checkDepth(text, file, limits);
  try {
    return new Json(JSON.parse(text), `${file}:`);
  } catch (cause) {
    throw new ModelError(`${file} is not JSON: ${oneLine((cause as SyntaxError).message)}`, { cause });
  }
}

export function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ModelError(`${file} is not UTF-8 text`, { cause });
  }
}

/** Counts brackets outside strings, so that a document nested too deep never reaches the parser. */
function checkDepth(text: string, file: string, limits: ModelLimits): void {
  let depth = 0;
  let inString = false;
  for (const [token] of text.matchAll(/\\.|["[\]{}]/g)) {
    if (token === '"') inString = !inString;
    else if (inString || token.length > 1) continue;
    else if (token === ']' || token === '}') depth--;
    else checkLimit(limits, 'jsonDepth', [++depth, `levels of nesting in ${file}`]);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value from a file as it may stand in an error: on one line, not endless. */
export function quote(value: unknown): string {
  if (isObject(value)) return 'an object';
  const isNested = Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  if (isNested) return `a list of ${value.length}`;
  const list = Array.isArray(value) ? `[${value.join(', ')}]` : undefined;
  const text = oneLine(list ?? (typeof value === 'string' ? JSON.stringify(value) : String(value)));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Without control characters and line breaks, which must not reach a terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
