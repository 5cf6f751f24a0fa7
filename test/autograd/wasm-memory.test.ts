import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Heap } from '../../packages/autograd/src/backends/wasm/memory/heap.ts';
import {
  denseLayout,
  gapsOf,
  haloLayout,
  readLayout,
  writeLayout,
} from '../../packages/autograd/src/backends/wasm/memory/layout.ts';
import { placeRegions, type Region } from '../../packages/autograd/src/backends/wasm/memory/region.ts';
import { signed, unsigned } from '../../packages/autograd/src/backends/wasm/writer/code.ts';

describe('the heap', () => {
  test('gives parts that do not overlap, on cache lines, and takes them back', () => {
    const work = fc.array(fc.record({ bytes: fc.integer({ min: 0, max: 300_000 }), keep: fc.boolean() }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(work, (orders) => {
        const heap = new Heap();
        const held = new Map<number, number>();
        for (const { bytes, keep } of orders) {
          const address = heap.allocate(bytes);
          expect(address % 64).toBe(0);
          expect(address).toBeGreaterThan(0);
          // A vector that begins at the last float may still be read.
          expect(address + bytes + 12).toBeLessThanOrEqual(heap.memory.buffer.byteLength);
          for (const [other, size] of held) {
            expect(address + bytes <= other || other + size <= address, `${address} and ${other}`).toBe(true);
          }
          held.set(address, bytes);
          if (!keep) {
            const [first] = held.keys();
            heap.release(first!);
            held.delete(first!);
          }
        }
      }),
      { seed: 1 },
    );
  });

  test('keeps room behind a part that ends with the memory, for a vector that begins with its last float', () => {
    const heap = new Heap();
    const bytes = heap.memory.buffer.byteLength - 64;
    expect(heap.allocate(bytes) + bytes + 12).toBeLessThanOrEqual(heap.memory.buffer.byteLength);
  });

  test('joins what comes back, so that it fits a larger order', () => {
    const heap = new Heap();
    const parts = [heap.allocate(100_000), heap.allocate(100_000), heap.allocate(100_000)];
    const size = heap.memory.buffer.byteLength;
    for (const part of [parts[1]!, parts[0]!, parts[2]!]) heap.release(part);
    heap.allocate(300_000);
    expect(heap.memory.buffer.byteLength).toBe(size);
  });

  test('says so when something is released twice', () => {
    const heap = new Heap();
    const address = heap.allocate(8);
    heap.release(address);
    expect(() => heap.release(address)).toThrow(`there is nothing to release at ${address}`);
  });
});

const side = fc.integer({ min: 0, max: 3 });
const halos = fc.record({ top: side, bottom: side, left: side, right: side });
const images = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 3 }),
);

describe('a layout with a halo', () => {
  test('has every pixel once, gaps everywhere else, and zeros around each image', () => {
    fc.assert(
      fc.property(images, halos, (shape, halo) => {
        const layout = haloLayout(shape, halo);
        const [count, height, width, channels] = shape;
        const memory = new Float32Array(layout.floats).fill(Number.NaN);
        for (const { start, floats, count: times, distance } of gapsOf(layout)) {
          for (let i = 0; i < times; i++) memory.fill(0, start + i * distance, start + i * distance + floats);
        }
        const [image, row, pixel] = layout.strides;
        for (let n = 0; n < count; n++) {
          for (let y = -halo.top; y < height + halo.bottom; y++) {
            for (let x = -halo.left; x < width + halo.right; x++) {
              const inside = y >= 0 && y < height && x >= 0 && x < width;
              for (let c = 0; c < channels; c++) {
                const value = memory[layout.offset + n * image! + y * row! + x * pixel! + c];
                expect(value).toBe(inside ? Number.NaN : 0);
              }
            }
          }
        }
        expect(memory.filter((value) => Number.isNaN(value)).length).toBe(count * height * width * channels);
      }),
      { seed: 2 },
    );
  });

  test('gives back what was written into it', () => {
    fc.assert(
      fc.property(images, halos, (shape, halo) => {
        const layout = haloLayout(shape, halo);
        const dense = Float32Array.from({ length: denseLayout(shape).floats }, (_, i) => i + 1);
        const memory = new Float32Array(layout.floats).fill(Number.NaN);
        writeLayout(memory, dense, layout);
        expect(readLayout(memory, layout)).toEqual(dense);
        expect(memory.some(Number.isNaN)).toBe(false);
      }),
      { seed: 3 },
    );
  });
});

test('regions that are alive together are apart, and others share: a chain of equal steps takes two places', () => {
  const lives = fc.array(fc.record({ floats: fc.integer({ min: 0, max: 200 }), born: fc.nat(20), length: fc.nat(10) }));
  fc.assert(
    fc.property(lives, (parts) => {
      const regions = parts.map(
        ({ floats, born, length }): Region => ({ floats, born, dies: born + length, address: 0 }),
      );
      const bytes = placeRegions(regions);
      for (const [i, a] of regions.entries()) {
        expect(a.address + 4 * a.floats).toBeLessThanOrEqual(bytes);
        for (const b of regions.slice(i + 1)) {
          const together = a.born <= b.dies && b.born <= a.dies;
          const apart = a.address + 4 * a.floats <= b.address || b.address + 4 * b.floats <= a.address;
          expect(apart || !together || a.floats === 0 || b.floats === 0).toBe(true);
        }
      }
    }),
    { seed: 4 },
  );
  const chain = Array.from({ length: 30 }, (_, i): Region => ({ floats: 160, born: i, dies: i + 1, address: 0 }));
  expect(placeRegions(chain)).toBe(2 * 640);
});

test('numbers are written as LEB128', () => {
  expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
  expect(unsigned(2 ** 32 - 1)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
  expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
  expect([signed(63), signed(64), signed(-64), signed(-65)]).toEqual([[0x3f], [0xc0, 0x00], [0x40], [0xbf, 0x7f]]);
});
