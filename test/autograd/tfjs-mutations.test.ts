import { compile, input, referenceBackend } from '@igos/autograd';
import { loadModel, ModelError } from '@igos/autograd/tfjs';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../support/seeded.ts';
import { filesReader, fixtureFiles, type ModelFiles } from '../support/tfjs-files.ts';

const models = ['digits/graph-uint16', 'mixed/graph-float32', 'mobile/layers-uint8', 'digits_keras3/layers-float32'];
const mutationsPerModel = 250;
/** Milliseconds. */
const longestLoad = 1000;

/** Values that have broken readers: wrong types, extremes, names with a meaning in JavaScript, hidden depth. */
const hostile: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1,
  2,
  1.5,
  1e9,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  '',
  '0',
  '-1',
  '99',
  '9223372036854775807',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  '../x',
  '^x',
  ':0',
  'x'.repeat(5000),
  [],
  {},
  [[[[]]]],
  [-1, -1],
  [0],
  [1e9, 1e9],
  Array(70).fill(1),
  JSON.parse('{"__proto__": {"polluted": true}}'),
];

type Random = () => number;
type Parent = Record<string, unknown>;

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** Every place of a document: an object or list, and a key in it. */
function places(value: unknown, found: [Parent, string][] = []): [Parent, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Parent, key]);
    places((value as Parent)[key], found);
  }
  return found;
}

const mutators: readonly ((random: Random, place: [Parent, string], other: [Parent, string]) => void)[] = [
  (random, [parent, key]) => define(parent, key, structuredClone(pick(random, hostile))),
  (random, [parent, key]) => define(parent, key, structuredClone(pick(random, hostile))),
  (_, [parent, key]) => (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]),
  (_, [parent, key], [otherParent, otherKey]) => define(parent, key, structuredClone(otherParent[otherKey])),
  (_, [parent, key], [otherParent, otherKey]) => {
    const value = parent[key];
    define(parent, key, structuredClone(otherParent[otherKey]));
    define(otherParent, otherKey, structuredClone(value));
  },
  (_, [parent, key]) => Array.isArray(parent) && parent.push(structuredClone(parent[Number(key)])),
  (_, [parent]) => Array.isArray(parent) && parent.reverse(),
  (random, [parent, key]) => {
    const value = parent[key];
    const delta = pick(random, [-1, 1, 7, 1000]);
    if (typeof value === 'number') define(parent, key, value + delta);
    if (typeof value === 'string' && /^-?\d+$/.test(value)) define(parent, key, String(Number(value) + delta));
  },
];

/** Sets an own member, also under a name like `__proto__`. */
function define(parent: Parent, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true });
}

function mutate(files: ModelFiles, random: Random): ModelFiles {
  const mutated = new Map(files);
  const shards = [...files.keys()].filter((name) => name !== 'model.json');
  if (random() < 0.15) damageShard(mutated, pick(random, shards), random);
  const document = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as unknown;
  for (let count = random() < 0.7 ? 1 : 3; count > 0; count--) {
    const all = places(document);
    pick(random, mutators)(random, pick(random, all), pick(random, all));
  }
  let text = JSON.stringify(document);
  if (random() < 0.03) text = text.slice(0, Math.floor(random() * text.length));
  return mutated.set('model.json', new TextEncoder().encode(text));
}

function damageShard(files: ModelFiles, name: string, random: Random): void {
  const bytes = files.get(name)!.slice();
  const kind = random();
  if (kind < 0.3) files.delete(name);
  else if (kind < 0.6) files.set(name, bytes.slice(0, Math.floor(random() * bytes.length)));
  else if (kind < 0.7) files.set(name, new Uint8Array([...bytes, 0]));
  else files.set(name, bytes.fill(Math.floor(random() * 256), Math.floor(random() * bytes.length)));
}

/** Loads and, where that works, runs; how it ended. Results are kept small, for a run may take its time. */
async function attempt(files: ModelFiles): Promise<'refused' | 'ran'> {
  try {
    const start = performance.now();
    const model = await loadModel(filesReader(files), { limits: { elements: 2 ** 17 } }).finally(() => {
      expect(performance.now() - start).toBeLessThan(longestLoad);
    });
    const tensors = model.inputs.map(({ name, shape }) =>
      input(
        name,
        shape.map((extent) => extent ?? 1),
      ),
    );
    const built = model.apply(Object.fromEntries(model.inputs.map(({ name }, i) => [name, tensors[i]!])));
    const program = compile({ inputs: tensors, outputs: built }, referenceBackend);
    const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
    const zeros = tensors.map(({ shape }) => ({ data: new Float32Array(sizeOf(shape)), shape }));
    const results = await program.run(Object.fromEntries(model.inputs.map(({ name }, i) => [name, zeros[i]!])));
    for (const [name, { shape }] of Object.entries(results)) expect(shape).toEqual(built[name]!.shape);
    return 'ran';
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    expect(error.message).not.toMatch(/[\n\r]/);
    expect(error.message.length).toBeLessThan(2000);
    return 'refused';
  }
}

describe('mutated models end in a typed error or run', () => {
  for (const [index, name] of models.entries()) {
    test(name, async () => {
      const random = seededRandom(1000 + index);
      const files = fixtureFiles(name);
      expect(await attempt(files)).toBe('ran');
      const counts = { refused: 0, ran: 0 };
      for (let i = 0; i < mutationsPerModel; i++) {
        const mutated = mutate(files, random);
        const outcome = await attempt(mutated).catch((error: unknown) => {
          const text = new TextDecoder().decode(mutated.get('model.json'));
          throw new Error(`mutation ${i} of ${name}: ${error}\n${text.slice(0, 500)}`, { cause: error });
        });
        counts[outcome]++;
      }
      expect(counts.refused).toBeGreaterThan(mutationsPerModel / 10);
      expect(counts.ran).toBeGreaterThan(mutationsPerModel / 10);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });
  }
});
