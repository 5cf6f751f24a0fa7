/** Just enough of the protobuf wire format to write a message: fields are bytes, to be joined in any order. */
export type Message = readonly Uint8Array[];

export function integerField(field: number, value: number): Message {
  return [varint(field << 3), varint(value)];
}

/** A text, an array of bytes, or a message within. */
export function lengthField(field: number, value: string | Uint8Array | Message): Message {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : asBytes(value);
  return [varint((field << 3) | 2), varint(bytes.length), bytes];
}

export function asBytes(value: Uint8Array | Message): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const out = new Uint8Array(value.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of value) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function varint(value: number): Uint8Array {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}
