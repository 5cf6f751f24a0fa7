/** Calls of a method since the spy was set, and what each moved or made. */
export interface Spy<Args extends readonly unknown[]> {
  readonly calls: Args[];
  readonly restore: () => void;
}

/** Records the arguments of a method of every object of a class, and lets it do its work. */
export function spyOn<Args extends readonly unknown[]>(prototype: object, method: string): Spy<Args> {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[method]!;
  const calls: Args[] = [];
  methods[method] = function (this: unknown, ...args: unknown[]) {
    calls.push(args as unknown as Args);
    return original.apply(this, args);
  };
  return {
    calls,
    restore: () => {
      methods[method] = original;
    },
  };
}
