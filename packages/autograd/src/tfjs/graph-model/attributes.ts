import type { Json } from '../json.ts';

/** Names of the dtype numbers that some files have instead of `DT_` names. */
const dtypeNumbers: Readonly<Record<number, string>> = {
  1: 'DT_FLOAT',
  2: 'DT_DOUBLE',
  3: 'DT_INT32',
  4: 'DT_UINT8',
  6: 'DT_INT8',
  9: 'DT_INT64',
  10: 'DT_BOOL',
};

/**
 * Attributes of a node: a protobuf map written as JSON, where each value is tagged by its kind (`i` integer, `f` float,
 * `b` boolean, `s` base64 text, `list`, `type`), and 64-bit integers are strings.
 */
export class Attributes {
  readonly #attr: Json;

  constructor(attr: Json) {
    this.#attr = attr;
  }

  integer(name: string, fallback?: number): number {
    return readInteger(this.#attr.at(name).at('i'), fallback);
  }

  integers(name: string, fallback?: readonly number[]): readonly number[] {
    const attribute = this.#attr.at(name);
    if (!attribute.present && fallback) return fallback;
    return attribute
      .at('list')
      .at('i')
      .list([])
      .map((item) => readInteger(item));
  }

  float(name: string, fallback?: number): number {
    return this.#attr.at(name).at('f').number(fallback);
  }

  boolean(name: string, fallback: boolean): boolean {
    return this.#attr.at(name).at('b').boolean(fallback);
  }

  string(name: string, fallback?: string): string {
    const value = this.#attr.at(name).at('s');
    return !value.present && fallback !== undefined ? fallback : readText(value);
  }

  strings(name: string): string[] {
    return this.#attr.at(name).at('list').at('s').list([]).map(readText);
  }

  /** A dtype as `DT_FLOAT`, `DT_INT32`, ... */
  type(name: string): string {
    const value = this.#attr.at(name).at('type');
    return typeof value.value === 'number' ? (dtypeNumbers[value.value] ?? '') : value.string('DT_FLOAT');
  }

  /** A shape with null for open extents; undefined when the rank is open too. */
  shape(name: string): (number | null)[] | undefined {
    return readTensorShape(this.#attr.at(name).at('shape'));
  }
}

/** `{ dim: [{ size: "-1" }, ...] }`; -1 is an open extent. */
export function readTensorShape(shape: Json): (number | null)[] | undefined {
  if (!shape.present || shape.at('unknownRank').boolean(false)) return undefined;
  return shape
    .at('dim')
    .list([])
    .map((dim) => {
      const size = readInteger(dim.at('size'), 0);
      return size < 0 ? null : size;
    });
}

function readInteger(value: Json, fallback?: number): number {
  if (typeof value.value !== 'string') return value.integer(fallback);
  const parsed = /^-?\d{1,16}$/.test(value.value) ? Number(value.value) : Number.NaN;
  if (!Number.isSafeInteger(parsed)) throw value.error('an integer');
  return parsed;
}

/** Base64, or in some files a list of character codes. */
function readText(value: Json): string {
  if (value.isList)
    return value
      .integers()
      .map((code) => String.fromCharCode(code))
      .join('');
  try {
    return atob(value.string());
  } catch {
    throw value.error('base64 text');
  }
}
