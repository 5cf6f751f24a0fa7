import type { ModelLimits } from './limits.ts';
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

  list(fallback?: readonly Json[]): readonly Json[] {
    if (!this.present && fallback) return fallback;
    if (!Array.isArray(this.value)) throw this.error('a list');
    return this.value.map((item, i) => new Json(item, `${this.where}[${i}]`));
  }

  string(fallback?: string): string {
    if (!this.present && fallback !== undefined) return fallback;
    if (typeof this.value !== 'string') throw this.error('a string');
    return this.value;
  }

  boolean(fallback?: boolean): boolean {
    if (!this.present && fallback !== undefined) return fallback;
    if (typeof this.value !== 'boolean') throw this.error('true or false');
    return this.value;
  }

  /** A finite number. */
  number(fallback?: number): number {
    if (!this.present && fallback !== undefined) return fallback;
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) throw this.error('a number');
    return this.value;
  }

  integer(fallback?: number): number {
    const value = this.number(fallback);
    if (!Number.isSafeInteger(value)) throw this.error('an integer');
    return value;
  }

  integers(): number[] {
    return this.list().map((item) => item.integer());
  }

  error(expected: string): ModelError {
    const found = this.value === undefined ? 'is missing' : `is ${show(this.value)}`;
    return new ModelError(`${this.where} ${found}; expected ${expected}`);
  }
}

/** Parses the bytes of a JSON file, after its size and nesting were found within the limits. */
export function parseJson(bytes: Uint8Array, file: string, limits: ModelLimits): Json {
  if (bytes.byteLength > limits.jsonBytes) {
    throw new ModelError(`${file} has ${bytes.byteLength} bytes; the limit is ${limits.jsonBytes} (limits.jsonBytes)`);
  }
  checkDepth(bytes, file, limits.jsonDepth);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return new Json(JSON.parse(text), `${file}:`);
  } catch (cause) {
    const detail = cause instanceof SyntaxError ? oneLine(cause.message) : 'not UTF-8 text';
    throw new ModelError(`${file} is not JSON: ${detail}`, { cause });
  }
}

/** Counts brackets outside strings, so that a document nested too deep never reaches the parser. */
function checkDepth(bytes: Uint8Array, file: string, limit: number): void {
  const [quote, backslash, open, close] = [0x22, 0x5c, [0x5b, 0x7b], [0x5d, 0x7d]];
  let depth = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === backslash) i++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) {
      inString = true;
    } else if (open.includes(byte)) {
      if (++depth > limit) throw new ModelError(`${file} is nested deeper than ${limit} levels (limits.jsonDepth)`);
    } else if (close.includes(byte)) {
      depth--;
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return 'an object';
  return quote(value);
}

/** A value from a file as it may stand in an error: on one line, not endless. */
export function quote(value: unknown): string {
  const list = Array.isArray(value) ? `[${value.join(', ')}]` : undefined;
  const text = oneLine(list ?? (typeof value === 'string' ? JSON.stringify(value) : String(value)));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach a terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
