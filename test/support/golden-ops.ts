import { readdirSync, readFileSync } from 'node:fs';
import * as ag from '@igos/autograd';
import { bilateralTotalVariation, perturb, removedShare, totalVariation } from './igos-terms.ts';

type Tensor = ag.Tensor;
type Pair = readonly [number, number];

/** One record of test/golden/ops: computed by torch in float64, printed to ten digits. */
export interface GoldenCase {
  readonly name: string;
  readonly attrs: Attrs;
  readonly inputs: Readonly<Record<string, ag.HostArray>>;
  readonly output: ag.HostArray;
  readonly cotangent: ag.HostArray;
  /** Vector-Jacobian product, for the inputs that have one. */
  readonly vjp: Readonly<Record<string, ag.HostArray>>;
}

/** The attributes of all records; each one has those of its op. */
interface Attrs {
  readonly alignCorners: boolean;
  readonly alpha: number;
  readonly axes: readonly number[];
  readonly axis: number;
  readonly beta: number;
  readonly dilations?: Pair;
  readonly epsilon: number;
  readonly groups: number;
  readonly halfPixelCenters: boolean;
  readonly index: number;
  readonly keepDims: boolean;
  readonly ksize: number;
  readonly max: number;
  readonly min: number;
  readonly op: 'sum' | 'mean';
  readonly padding: 'same' | 'valid';
  readonly paddings: readonly Pair[];
  readonly perm: readonly number[];
  readonly poolSize: Pair;
  readonly sigma: number;
  readonly size: Pair;
  readonly strides: Pair;
}
/** The inputs of all records; each one has those of its op. */
type Inputs = Readonly<
  Record<'a' | 'b' | 'c' | 'x' | 'filter' | 'bias' | 'kernel' | 'mask' | 'image' | 'baseline', Tensor> &
    Record<'mean' | 'variance' | 'gamma' | 'beta', Tensor>
>;
type Build = (inputs: Inputs, attrs: Attrs, name: string) => Tensor;

/** What stands before the first underscore of a record's name. */
const stem = (name: string) => name.split('_')[0] as string;

const { abs, exp, log, relu, relu6, sigmoid, softplus, sqrt, square, swish, tanh, hardSwish } = ag;
const unary: Readonly<Record<string, (x: Tensor, attrs: Attrs) => Tensor>> = {
  ...{ abs, exp, log, relu, relu6, sigmoid, softplus, sqrt, square, swish, tanh, hardSwish },
  clip: (x, { min, max }) => ag.clamp(x, min, max),
  elu: (x) => ag.elu(x),
  hardSigmoid: (x) => ag.hardSigmoid(x, { slope: 1 / 6 }),
  leakyRelu: (x, { alpha }) => ag.leakyRelu(x, alpha),
};

const { add, sub, mul, div, maximum } = ag;
const binary: Readonly<Record<string, (a: Tensor, b: Tensor) => Tensor>> = { add, sub, mul, div, maximum };

const { sum, mean } = ag;
const reduce = { sum, mean };

const igosTerms: Readonly<Record<string, Build>> = {
  l1: ({ mask }) => removedShare(mask),
  tv: ({ mask }, { beta }) => totalVariation(mask, beta),
  bilateralTv: ({ mask, image }, attrs) => bilateralTotalVariation(mask, image, attrs),
  perturb: ({ mask, image, baseline }) => perturb(mask, image, baseline),
};

/** How each group of records is built. */
const builders: Readonly<Record<string, Build>> = {
  avgPool: ({ x }, { poolSize: size, strides, padding }) => ag.averagePool(x, { size, strides, padding }),
  batchNorm: ({ x, ...parameters }, { epsilon }) => ag.batchNorm(x, { ...parameters, epsilon }),
  binary: ({ a, b }, _, name) => binary[stem(name)]!(a, b),
  concat: ({ a, b, c }, { axis }) => ag.concat(c ? [a, b, c] : [a, b], axis),
  conv2d: ({ x, filter, bias }, { dilations = 1, ...options }) =>
    ag.add(ag.conv2d(x, filter, { ...options, dilations }), bias),
  depthwiseConv2d: ({ x, filter, bias }, options) => ag.add(ag.depthwiseConv2d(x, filter, options), bias),
  gather: ({ x }, { index, axis }) => ag.squeeze(ag.gather(x, [index], axis), axis),
  gaussianBlur: ({ x }, { ksize: size, sigma }) => ag.gaussianBlur(x, { size, sigma }),
  globalAveragePool: ({ x }) => ag.globalAveragePool(x),
  igosTerms: (inputs, attrs, name) => igosTerms[stem(name)]!(inputs, attrs, name),
  logSoftmax: ({ x }, { axis }) => ag.logSoftmax(x, axis),
  matMul: ({ a, b, x, kernel, bias }) => (a ? ag.matmul(a, b) : ag.dense(x, kernel, bias)),
  maxPool: ({ x }, { poolSize: size, strides, padding }) => ag.maxPool(x, { size, strides, padding }),
  pad: ({ x }, { paddings }) => ag.pad(x, paddings),
  reduce: ({ x }, { op, ...options }) => reduce[op](x, options),
  resizeBilinear: ({ x }, { size, alignCorners, halfPixelCenters }) =>
    ag.resizeBilinear(x, size, {
      coordinates: alignCorners ? 'alignCorners' : halfPixelCenters ? 'halfPixel' : 'legacy',
    }),
  softmax: ({ x }, { axis }) => ag.softmax(x, axis),
  transpose: ({ x }, { perm }) => ag.transpose(x, perm),
  unary: ({ x }, attrs, name) => unary[stem(name)]!(x, attrs),
};

/** Builds the graph of a record on inputs with its names. */
export function buildGolden(
  group: string,
  { name, attrs }: GoldenCase,
  inputs: Readonly<Record<string, Tensor>>,
): Tensor {
  return builders[group]!(inputs as Inputs, attrs, name);
}

const folder = new URL('../golden/ops/', import.meta.url);

/** All records, by group. */
export function readGoldenOps(): { group: string; golden: GoldenCase }[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) => {
    const { op, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
      op: string;
      cases: GoldenCase[];
    };
    return cases.map((golden) => ({ group: op, golden: withFloatArrays(golden) }));
  });
}

/** JSON has plain lists of numbers. */
function withFloatArrays(golden: GoldenCase): GoldenCase {
  const toFloats = ({ shape, data }: ag.HostArray): ag.HostArray => ({ shape, data: Float64Array.from(data) });
  const all = (arrays: GoldenCase['vjp']) =>
    Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, toFloats(array)]));
  const { inputs, vjp, output, cotangent } = golden;
  return { ...golden, inputs: all(inputs), vjp: all(vjp), output: toFloats(output), cotangent: toFloats(cotangent) };
}
