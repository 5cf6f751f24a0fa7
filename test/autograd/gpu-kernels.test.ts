import { type Backend, compile, noiseFromHost, type Plan, referenceBackend } from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { bindPlan, type Target } from '../../packages/autograd/src/gpu/bound-plan.ts';
import { writeKernel } from '../../packages/autograd/src/gpu/kernels/write-kernel.ts';
import { relativeDifference } from '../support/compare-arrays.ts';
import { kernelInterpreter } from '../support/kernel-interpreter.ts';
import { graphOfCase, opCases } from '../support/op-cases.ts';

/** The plan that a fusing backend gets. */
function planOf(request: Parameters<typeof compile>[0]): Plan {
  const stub: Backend = {
    name: 'stub',
    precision: 'float32',
    fuses: true,
    loops: false,
    batch: 1,
    hostNoise: noiseFromHost,
    load: () => ({ run: async () => [], dispose: () => undefined }),
    dispose: () => undefined,
  };
  return compile(request, stub).plan;
}

const sources = [
  ...new Set(
    opCases.flatMap((opCase) => bindPlan(planOf(graphOfCase(opCase))).steps.map(({ kernel }) => kernel.source)),
  ),
];

describe('every kernel of the op table', () => {
  test('there are many', () => {
    expect(sources.length).toBeGreaterThan(200);
  });

  test('is old-style JavaScript in one function, which is all that GPU.js reads', () => {
    for (const source of sources) {
      expect(() => new Function(`return ${source}`), source).not.toThrow();
      expect(source.match(/function/g), source).toHaveLength(1);
      expect(source).not.toMatch(/\?\.|\?\?|=>|`|\b(let|const|while|do|class|undefined|NaN)\b/);
    }
  });

  test('has loops over a literal number of turns only: GPU.js cuts others after 1000', () => {
    for (const source of sources) {
      for (const [header] of source.matchAll(/for \([^)]*\)/g)) {
        expect(header).toMatch(/^for \(var (\w+) = 0; \1 < \d+; \1\+\+\)$/);
      }
    }
  });

  test('indexes arrays by thread numbers and by locals that GPU.js keeps as integers', () => {
    for (const source of sources) {
      const integers = new Set(
        [...source.matchAll(/var (\w+) = this\.output\.x; \1\+\+; \1 = /g)].map(([, name]) => name),
      );
      for (const [, index] of source.matchAll(/\b[vt]\d+\[([^\]]*)\]/g)) {
        const names = index!.replaceAll(/this\.thread\.[xyz]/g, '').match(/[a-z]\w*/gi) ?? [];
        expect(
          names.filter((name) => !integers.has(name)),
          source,
        ).toEqual([]);
      }
    }
  });

  test('has no more than three thread axes and takes its arrays by number', () => {
    for (const source of sources) expect(source).toMatch(/^function \((|[vt]\d+(, [vt]\d+)*)\) \{\n/);
  });
});

/** Limits so low that most kernels meet them. */
const targets: Record<string, Target> = {
  'WebGPU with few rows and few arrays': { rows: 4, arrays: 3, ordersConstants: true },
  'WebGL with small textures and few arrays': { textureSide: 3, arrays: 3, ordersConstants: true },
};

describe.each(Object.entries(targets))('kernels for %s', (name, target) => {
  const backend = kernelInterpreter(name, target);

  test('read nothing outside of their arrays and give what reference gives', async () => {
    for (const opCase of opCases) {
      const { arrays, ...request } = graphOfCase(opCase);
      const run = (which: Backend) => compile(request, which).run(arrays);
      const [actual, expected] = [await run(backend), await run(referenceBackend)];
      for (const output of Object.keys(expected)) {
        expect(relativeDifference(actual[output]!, expected[output]!), `${opCase.name}, ${output}`).toBeLessThan(1e-5);
      }
    }
  });
});

test('a convolution with a bias reads like one', () => {
  const step = {
    op: 'conv2d',
    inputs: [0, 1, 2],
    output: 3,
    shape: [1, 4, 4, 8],
    attrs: { strides: [2, 2], dilations: [1, 1], padding: [0, 1, 0, 1] },
    chain: {
      operands: [
        { kind: 'result' },
        { kind: 'input', input: 2, strides: [0, 0, 0, 1], dtype: 'float' },
        { kind: 'literal', value: 6 },
      ],
      instructions: [
        { op: 'add', args: [0, 1] },
        { op: 'minimum', args: [3, 2] },
      ],
    },
    names: ['conv2d'],
    multiplyAdds: 0,
    bytes: 0,
  } as const;
  const [image, filter, bias] = [[1, 8, 8, 3], [3, 3, 3, 8], [8]].map((shape, k) => ({ shape, isConstant: k > 0 }));
  const { source, output } = writeKernel(step, [image!, filter!, bias!]);
  expect(output).toEqual([8, 4, 4]);
  expect(source).toMatchInlineSnapshot(`
    "function (v0, v1, v2) {
      var total = 0;
      var tap = this.output.x; tap++; tap = this.thread.x;
      var row = this.output.x; row++; row = this.thread.z * 2;
      var column = this.output.x; column++; column = 0;
      var at = this.output.x; at++; at = 0;
      for (var r = 0; r < 3; r++) {
        if (row >= 0 && row < 8) {
          column = this.thread.y * 2;
          at = (row * 8 + column) * 3;
          for (var c = 0; c < 3; c++) {
            if (column >= 0 && column < 8) {
              var i = this.output.x; i++; i = at;
              var j = this.output.x; j++; j = tap;
              total += v0[i] * v1[j] + v0[i + 1] * v1[j + 8] + v0[i + 2] * v1[j + 16];
            }
            column += 1;
            at += 3;
            tap += 24;
          }
        } else {
          tap += 72;
        }
        row += 1;
      }
      var e0 = total;
      var e1 = v2[this.thread.x];
      var e2 = 6;
      var e3 = e0 + e1;
      var e4 = Math.min(e3, e2);
      return e4;
    }"
  `);
});
