import type { Failure } from '../engine/failure.ts';
import type { FailureWords } from './failure-words.ts';
import { failuresEn } from './failures-en.ts';
import { failuresZh } from './failures-zh.ts';
import { type InEvery, inLanguage } from './language.ts';

const words: InEvery<FailureWords> = { en: failuresEn, zh: failuresZh };

/** What went wrong, in the language of the reader, without the words of whoever found it. */
export function failureInWords(failure: Failure): string {
  const say = inLanguage(words)[failure.what] as (failure: Failure) => string;
  return say(failure);
}

/** What stands around a failure. */
export function failureFrame(): Pick<FailureWords, 'failed' | 'original'> {
  return inLanguage(words);
}

/** The name of what was NaN or infinite; its own where it has no other, as those of a reader's code. */
export function quantityInWords(quantity: string): string {
  const { quantities } = inLanguage(words);
  return Object.hasOwn(quantities, quantity) ? (quantities[quantity] ?? quantity) : quantity;
}
