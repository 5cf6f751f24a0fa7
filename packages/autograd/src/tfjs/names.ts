import { quote } from './json.ts';
import { ModelError } from './model-error.ts';

/** Throws where two things of one kind have the same name, or one has a name that means something to JavaScript. */
export function checkNames(items: Iterable<{ readonly name: string }>, kind: string): void {
  const taken = new Set(['__proto__']);
  for (const { name } of items) {
    if (taken.has(name)) throw new ModelError(`the name ${quote(name)} is taken; names of ${kind} must be unique`);
    taken.add(name);
  }
}
