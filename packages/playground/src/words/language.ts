import { computed } from '@preact/signals';
import { state } from '../state/page-state.ts';

const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** A text in every language. */
export type InEvery<T> = { readonly [L in Language]: T };

/** That of the reader: chosen, else the browser's. */
export const language = computed((): Language => {
  const { value } = state.lang;
  if (value !== 'auto') return value;
  return navigator.languages.some((name) => name.toLowerCase().startsWith('zh')) ? 'zh' : 'en';
});

/** What the reader reads of a text. */
export function inLanguage<T>(text: InEvery<T>): T {
  return text[language.value];
}

const punctuationOf: InEvery<{
  /** Between two sentences. */
  readonly gap: string;
  readonly comma: string;
  /** Between the members of a list. */
  readonly and: string;
  readonly colon: string;
  readonly bracketed: (text: string) => string;
}> = {
  en: { gap: ' ', comma: ', ', and: ', ', colon: ': ', bracketed: (text) => ` (${text})` },
  zh: { gap: '', comma: '，', and: '、', colon: '：', bracketed: (text) => `（${text}）` },
};

/** What stands between words and sentences that the page puts together. */
export const punctuation = computed(() => inLanguage(punctuationOf));

/** A name that the page did not make, cut to what can be read at a glance. */
export function short(name: string): string {
  const letters = [...name];
  return letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : name;
}

/** A share as the reader's language writes it: `97.6%`. */
export function percent(share: number, digits = 1): string {
  return formatter({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
}

/** A number with so many digits that count. */
export function figure(value: number, digits = 3): string {
  return formatter({ maximumSignificantDigits: digits }).format(value);
}

/** A number of any size: powers of ten where the zeros would be many. */
export function scientific(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e6)) return figure(value, digits);
  const exponent = Math.floor(Math.log10(size));
  return `${figure(value / 10 ** exponent, digits)} × ${powerOfTen(exponent)}`;
}

/** 10 with its exponent raised. */
export function powerOfTen(exponent: number): string {
  const raised = Array.from(String(exponent), (sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]);
  return `10${raised.join('')}`;
}

/** A number with so many decimals, for columns. */
export function decimals(value: number, digits = 3): string {
  return formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return formatter({ maximumFractionDigits: 0 }).format(value);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language.value + JSON.stringify(options);
  const made = formatters.get(key) ?? new Intl.NumberFormat(language.value, options);
  formatters.set(key, made);
  return made;
}
