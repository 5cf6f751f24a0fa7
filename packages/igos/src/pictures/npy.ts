import type { HostArray } from '@igos/autograd';

/** What is wrong with a file, as plain data, for programs that tell it in words of their own. */
export type NpyFault =
  /** Its header cannot be read, or does not go with its length. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'dtype'; readonly dtype: string }
  /** Fortran order. */
  | { readonly kind: 'order' }
  | { readonly kind: 'not-finite' };

/** A file that is not a plain little-endian float array in C order. */
export class NpyError extends Error {
  override readonly name: string = 'NpyError';
  readonly fault: NpyFault;

  constructor(message: string, fault: NpyFault = { kind: 'damaged' }) {
    super(message);
    this.fault = fault;
  }
}

/** An array with a NaN or an infinity in it; `index` is the flat position of the first. */
export class NpyNotFiniteError extends NpyError {
  override readonly name = 'NpyNotFiniteError';
  readonly index: number;

  constructor(message: string, index: number) {
    super(message, { kind: 'not-finite' });
    this.index = index;
  }
}

const magic = Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]); // \x93NUMPY
const longestHeader = 10_000; // numpy's own limit
const largestRank = 8;

/**
 * Reads the bytes of a `.npy` file, format version 1, 2 or 3, of dtype `<f4` or `<f8` in C order.
 *
 * @throws NpyError when the file is anything else, or its length is not exactly what the header says
 * @throws NpyNotFiniteError when a value is NaN or infinite
 * @source https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function decodeNpy(bytes: Uint8Array): HostArray {
  const { text, end } = headerOf(bytes);
  const { descr, fortranOrder, shape } = parseHeader(text);
  if (descr !== '<f4' && descr !== '<f8') {
    const fault = { kind: 'dtype', dtype: descr } as const;
    throw new NpyError(`its dtype is '${descr}', needed is '<f4' or '<f8': save it with .astype('float32')`, fault);
  }
  if (fortranOrder) {
    throw new NpyError('it is in Fortran order: save it with np.ascontiguousarray(array)', { kind: 'order' });
  }

  const count = elementCount(shape);
  const expected = count * (descr === '<f4' ? 4 : 8);
  const found = bytes.length - end;
  if (found !== expected) {
    const fault = found < expected ? 'it is cut short' : 'bytes are left over';
    throw new NpyError(
      `${fault}: shape [${shape.join(', ')}] of ${descr} needs ${expected} bytes of data, found ${found}`,
    );
  }

  const aligned = Uint8Array.from(bytes.subarray(end)).buffer; // a copy, since the data may begin at any byte
  const data = descr === '<f4' ? new Float32Array(aligned) : new Float64Array(aligned);
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    const place = unravel(index, shape).join(', ');
    throw new NpyNotFiniteError(`the value at [${place}] is ${data[index]}, needed are finite numbers`, index);
  }
  return { data, shape };
}

/** The bytes of a `.npy` file, version 1.0, dtype `<f4`, C order. Float64 data are rounded to float32. */
export function encodeNpy({ data, shape }: HostArray): Uint8Array<ArrayBuffer> {
  if (elementCount(shape) !== data.length) {
    throw new RangeError(`shape [${shape.join(', ')}] does not hold ${data.length} values`);
  }
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const preamble = magic.length + 4; // magic, two bytes of version, two of header length
  const end = Math.ceil((preamble + dict.length + 1) / 64) * 64; // data begin at a multiple of 64, as numpy writes them
  const bytes = new Uint8Array(end + 4 * data.length);
  bytes.set(magic);
  bytes.set([1, 0, (end - preamble) & 0xff, (end - preamble) >> 8], magic.length);
  bytes.set(new TextEncoder().encode(`${dict.padEnd(end - preamble - 1)}\n`), preamble);
  bytes.set(new Uint8Array(Float32Array.from(data).buffer), end);
  return bytes;
}

/** The header's text and the position of the first byte after it. */
function headerOf(bytes: Uint8Array): { text: string; end: number } {
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) throw new NpyError('it is not a .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw new NpyError(`its .npy version is ${version}, needed is 1, 2 or 3`);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader) throw new NpyError(`its header is ${length} bytes long, allowed are ${longestHeader}`);
  if (start + length > bytes.length) throw new NpyError('it is cut short within its header');
  return { text: new TextDecoder('latin1').decode(bytes.subarray(start, start + length)), end: start + length };
}

/** Parses numpy's header, a Python dictionary of exactly `descr`, `fortran_order` and `shape`, in any order. */
function parseHeader(text: string): { descr: string; fortranOrder: boolean; shape: number[] } {
  const entry = /\s*'(\w+)'\s*:\s*('[^']*'|True|False|\([\d,\s]*\))\s*(?:,|(?=\}))/y;
  const entries = new Map<string, string>();
  const body = text.trim();
  entry.lastIndex = 1;
  let position = 1;
  for (let match = entry.exec(body); match; match = entry.exec(body)) {
    entries.set(match[1] ?? '', match[2] ?? '');
    position = entry.lastIndex;
  }
  const descr = entries.get('descr');
  const order = entries.get('fortran_order');
  const shape = entries.get('shape');
  const whole = body.startsWith('{') && body.slice(position).trim() === '}' && entries.size === 3;
  if (!whole || !descr?.startsWith("'") || !(order === 'True' || order === 'False') || !shape?.startsWith('(')) {
    throw new NpyError('its header does not describe a plain array: save it with np.save');
  }
  return { descr: descr.slice(1, -1), fortranOrder: order === 'True', shape: parseShape(shape) };
}

function parseShape(tuple: string): number[] {
  const parts = tuple.slice(1, -1).replace(/,\s*$/, '').split(',');
  const sizes = parts.length === 1 && parts[0]?.trim() === '' ? [] : parts.map((part) => part.trim());
  if (sizes.length > largestRank) throw new NpyError(`it has ${sizes.length} axes, allowed are ${largestRank}`);
  if (sizes.some((size) => !/^\d{1,15}$/.test(size))) throw new NpyError(`its shape ${tuple} cannot be read`);
  return sizes.map(Number);
}

function elementCount(shape: readonly number[]): number {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count * 8)) throw new NpyError(`its shape [${shape.join(', ')}] is too large`);
  return count;
}

/** Flat index to one index per axis, row-major. */
function unravel(index: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return place;
}
