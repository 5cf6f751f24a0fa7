import type { MaskSize } from 'igos';
import { formatMaskSize, parseMaskSize } from 'igos/named';

/** How a control is written in a link, and read from one: what anyone may have typed. */
export interface Field<T> {
  readonly initial: T;
  /** The value, or undefined where the text means none. */
  parse(text: string): T | undefined;
  format(value: T): string;
  /** What a control offers, of words. */
  readonly choices?: readonly string[];
  /** What a control takes, of numbers. */
  readonly range?: NumberRange;
}

export function choice<const T extends string>(values: readonly T[], initial: NoInfer<T>): Field<T> {
  const parse = (text: string) => values.find((value) => value === text);
  return { initial, parse, format: (value) => value, choices: values };
}

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  /** 1, 3, 5, … */
  readonly odd?: boolean;
}

const decimal = /^[+-]?(\d{1,15}\.?\d{0,15}|\.\d{1,15})(e[+-]?\d{1,2})?$/i;

export function number(range: NumberRange, initial: number): Field<number> {
  const { min, max, integer = false, odd = false } = range;
  return {
    initial,
    range,
    parse: (text) => {
      const value = decimal.test(text) ? Number(text) : Number.NaN;
      const isOfKind = (!integer || Number.isInteger(value)) && (!odd || value % 2 === 1);
      return value >= min && value <= max && isOfKind ? value : undefined;
    },
    format: String,
  };
}

/** Rows and columns, or one side, as the command line has them. */
export function size(initial: MaskSize): Field<MaskSize> {
  return {
    initial,
    parse: (text) => {
      try {
        return parseMaskSize(text);
      } catch {
        return undefined;
      }
    },
    format: formatMaskSize,
  };
}

export function flag(initial: boolean): Field<boolean> {
  const words: Readonly<Record<string, boolean>> = { on: true, off: false };
  return {
    initial,
    parse: (text) => (Object.hasOwn(words, text) ? words[text] : undefined),
    format: (value) => (value ? 'on' : 'off'),
  };
}

/** A line of text; `longest` in UTF-16 units. */
export function text(initial: string, longest = 200): Field<string> {
  return {
    initial,
    parse: (value) => (value.length <= longest && !/[\p{Cc}\p{Cs}]/u.test(value) ? value : undefined),
    format: (value) => value,
  };
}

/** Text of several lines, written as base64url; longer text is not written at all, `longest` in UTF-16 units. */
export function code(longest: number): Field<string> {
  return {
    initial: '',
    parse: (written) => {
      const text = decodeText(written);
      return text !== undefined && text.length <= longest && !/[^\P{Cc}\n\t]/u.test(text) ? text : undefined;
    },
    format: (value) => (value.length <= longest ? encodeText(value) : ''),
  };
}

function encodeText(text: string): string {
  const letters = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(letters.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function decodeText(written: string): string | undefined {
  try {
    const letters = atob(written.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // neither base64 nor UTF-8
  }
}

/** Yes or no for so many cells, six to a character. */
export function cells(count: number): Field<readonly boolean[]> {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const length = Math.ceil(count / 6);
  return {
    initial: Array.from({ length: count }, () => false),
    parse: (written) => {
      const digits = Array.from(written, (letter) => alphabet.indexOf(letter));
      if (digits.length !== length || digits.includes(-1)) return undefined;
      return Array.from({ length: count }, (_, i) => (((digits[Math.floor(i / 6)] ?? 0) >> (i % 6)) & 1) === 1);
    },
    format: (marked) => {
      const sixes = Array.from({ length }, (_, i) => marked.slice(6 * i, 6 * i + 6));
      return sixes.map((six) => alphabet[six.reduce((sum, on, bit) => sum + (on ? 1 << bit : 0), 0)]).join('');
    },
  };
}

/** A field that may be left to something else: undefined, written as nothing. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, initial: undefined, format: (value) => (value === undefined ? '' : field.format(value)) };
}
