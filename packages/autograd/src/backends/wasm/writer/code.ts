/** Instructions in the order they will have in the module, nested as they were composed. */
export type Code = readonly (number | Code)[];

/** The bytes of composed code. */
export function flatten(code: Code, into: number[] = []): number[] {
  for (const part of code) {
    if (typeof part === 'number') into.push(part);
    else flatten(part, into);
  }
  return into;
}

/** Unsigned LEB128: seven bits a byte, lowest first. */
export function unsigned(value: number): number[] {
  const low = value & 0x7f;
  const rest = Math.floor(value / 128);
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const done = low & 0x40 ? rest === -1 : rest === 0;
  return done ? [low] : [low | 0x80, ...signed(rest)];
}

/** Little-endian bytes of a float32. */
export function float32Bytes(value: number): number[] {
  return [...new Uint8Array(new Float32Array([value]).buffer)];
}

/** A list in the binary format: its length, then its items. */
export function list(items: readonly Code[]): Code {
  return [unsigned(items.length), ...items];
}
