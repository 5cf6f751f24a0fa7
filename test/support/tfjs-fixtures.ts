import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

/** A network saved by the official converter in one storage variant, with what Keras computes on three inputs. */
export interface Fixture {
  readonly name: string;
  readonly variant: string;
  readonly folder: string;
  readonly input: FixtureArray;
  /** Absent where the variant's rounded weights were not evaluated. */
  readonly output?: FixtureArray;
  /** Output of the network before its weights were rounded to the variant's form. */
  readonly unrounded: FixtureArray;
  /** Gradient of output[n][classIndex[n]] with respect to input n. */
  readonly gradient?: FixtureArray;
  readonly classIndex: readonly number[];
}

export interface FixtureArray {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Every fixture in every variant. */
export function allFixtures(): Fixture[] {
  const names = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.flatMap(({ name }) => (name === 'scripts' ? [] : readFixture(name)));
}

function readFixture(name: string): Fixture[] {
  const io = JSON.parse(readFileSync(join(fixtures, name, 'io.json'), 'utf8'));
  const variants = readdirSync(join(fixtures, name)).filter((entry) => /^(layers|graph)-/.test(entry));
  return variants.map((variant) => {
    const isExact = /float32|cli-h5/.test(variant);
    const expected = isExact ? io : (io.variants[variant] ?? {});
    return {
      name,
      variant,
      folder: join(fixtures, name, variant),
      classIndex: io.classIndex,
      input: decode(io.input, io.inputShape),
      unrounded: decode(io.output, io.outputShape),
      ...(expected.output ? { output: decode(expected.output, io.outputShape) } : {}),
      ...(expected.gradient ? { gradient: decode(expected.gradient, io.inputShape) } : {}),
    };
  });
}

/** Base64 of little-endian float32, row-major. */
export function decode(text: string, shape: readonly number[]): FixtureArray {
  const bytes = Buffer.from(text, 'base64');
  return { data: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)), shape };
}

/** Largest absolute difference of two arrays of one length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

export function largestEntry(values: ArrayLike<number>): number {
  return Array.from(values).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
