import { short } from '../words/language.ts';

/** `crab, rock crab` -> `crab`, which the network knows the class by, too. */
export function firstName(label: string): string {
  return short(label.split(',')[0] ?? label);
}
