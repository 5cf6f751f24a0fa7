import { Json } from '../json.ts';

/** The kinds of attributes by the key that their value has, and what they are as plain values. */
const kinds: Readonly<Record<string, (value: Json) => unknown>> = {
  i: (value) => readInteger(value),
  f: (value) => value.value,
  b: (value) => value.value,
  s: readText,
  type: ({ value }) => String(value),
  shape: readTensorShape,
};

/**
 * An attribute of a node as a plain value. The attributes are a protobuf map written as JSON, where each value is
 * tagged by its kind (`i` integer, `f` float, `b` boolean, `s` base64 text, `list`, `shape`, `type`
 * as `DT_INT32` or its number), and 64-bit integers are strings.
 */
export function readAttribute(attributes: Json, name: string): Json {
  const attribute = attributes.at(name);
  const list = attribute.at('list');
  for (const [kind, read] of Object.entries(kinds)) {
    const value = attribute.at(kind);
    if (value.present) return new Json(read(value), attribute.where);
    const items = list.at(kind);
    if (items.present) return new Json(items.list().map(read), attribute.where);
  }
  return new Json(list.present ? [] : undefined, attribute.where);
}

/** `{ dim: [{ size: "-1" }, ...] }`, with null for -1, an open extent; undefined when the rank is open too. */
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
  const isText = typeof value.value === 'string' && /^-?\d{1,16}$/.test(value.value);
  return (isText ? new Json(Number(value.value), value.where) : value).integer(fallback);
}

/** Base64, or in some files a list of character codes. */
function readText(value: Json): string {
  if (value.isList) return String.fromCharCode(...value.integers());
  try {
    return atob(value.string());
  } catch {
    throw value.error('base64 text');
  }
}
