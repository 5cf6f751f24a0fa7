/** Calls of a method, by their arguments, since the spy was set. */
export interface Spy<Args extends readonly unknown[]> {
  readonly calls: Args[];
  readonly restore: () => void;
}

interface Call<Args> {
  readonly target: unknown;
  readonly args: Args;
  readonly result: unknown;
}

/** Records the calls of a method of every object of a class, and lets it do its work; `after` hears of each. */
export function spyOn<Args extends readonly unknown[]>(
  prototype: object,
  method: string,
  after?: (call: Call<Args>) => void,
): Spy<Args> {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[method]!;
  const calls: Args[] = [];
  methods[method] = function (this: unknown, ...list: unknown[]) {
    const args = list as unknown as Args;
    calls.push(args);
    const result = original.apply(this, list);
    after?.({ target: this, args, result });
    return result;
  };
  return {
    calls,
    restore: () => {
      methods[method] = original;
    },
  };
}

/** What was made and not yet deleted since the count began. */
export interface LiveCount {
  readonly live: ReadonlySet<unknown>;
  readonly restore: () => void;
}

export function countBuffers(): LiveCount {
  const live = new Set<unknown>();
  const made = spyOn(GPUDevice.prototype, 'createBuffer', ({ result }) => live.add(result));
  const destroyed = spyOn(GPUBuffer.prototype, 'destroy', ({ target }) => live.delete(target));
  return { live, restore: () => [made, destroyed].forEach((spy) => void spy.restore()) };
}

const madeByWebGl = ['Texture', 'Buffer', 'Framebuffer', 'Program', 'Shader'] as const;

export function countWebGlObjects(): LiveCount {
  const live = new Set<unknown>();
  const spies = madeByWebGl.flatMap((kind) => [
    spyOn(WebGL2RenderingContext.prototype, `create${kind}`, ({ result }) => live.add(result)),
    spyOn<[unknown]>(WebGL2RenderingContext.prototype, `delete${kind}`, ({ args: [object] }) => live.delete(object)),
  ]);
  return { live, restore: () => spies.forEach((spy) => void spy.restore()) };
}
