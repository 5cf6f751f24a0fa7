import type { PlanStep } from '../../compile/plan.ts';
import type { ElementwiseName, PrimitiveName } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';
import { chainStrides, writeChain } from './chain.ts';
import { conv2d, conv2dFilterGrad, conv2dInputGrad } from './conv2d.ts';
import { depthwiseConv2d, depthwiseConv2dFilterGrad, depthwiseConv2dInputGrad } from './depthwise.ts';
import { gather, scatterAdd } from './gather.ts';
import { gridOver } from './grid.ts';
import type { KernelBody, KernelRequest, KernelWriter } from './kernel.ts';
import { matmul } from './matmul.ts';
import { argPool, poolGather, poolScatter } from './pool.ts';
import { max, sum } from './reduce.ts';
import { resize, resizeTranspose } from './resize.ts';
import { indent, lines } from './text.ts';
import { broadcast, concat, dilatePad, slice, transpose } from './views.ts';

/** Primitives that take a step of their own once elementwise chains are fused; a reshape takes none. */
type KernelName = Exclude<PrimitiveName, ElementwiseName | 'reshape' | 'stopGradient' | 'randomNormal'>;

/** One kernel for each primitive: a missing op does not compile. */
const writers: { readonly [N in KernelName]: KernelWriter<N> } = {
  broadcast,
  sum,
  max,
  matmul,
  conv2d,
  conv2dInputGrad,
  conv2dFilterGrad,
  depthwiseConv2d,
  depthwiseConv2dInputGrad,
  depthwiseConv2dFilterGrad,
  argPool,
  poolGather,
  poolScatter,
  resize,
  resizeTranspose,
  slice,
  dilatePad,
  gather,
  scatterAdd,
  transpose,
  concat,
};

/** A kernel as GPU.js takes it. Its arguments are the step's inputs, flat and row-major, then the tables. */
export interface KernelSource {
  readonly source: string;
  /** Extents of the threads along x, y and z. */
  readonly output: readonly number[];
  readonly tables: readonly Float32Array[];
  /** For each input, the order of axes in which the kernel reads it, where that is not its own. */
  readonly orders: readonly (readonly number[] | undefined)[];
}

interface KernelInput {
  readonly shape: Shape;
  readonly isConstant: boolean;
}

/** What kernels are written for. */
export interface KernelTarget {
  /** Longest side of a result that is a texture of rows. */
  readonly textureSide?: number;
  /** Most threads along y. */
  readonly rows?: number;
  /** Whether constants may be stored in the order in which neighbouring threads read them: twice, if need be. */
  readonly ordersConstants?: boolean;
}

/** Writes the kernel of one step of a plan: the primitive, then the elementwise chain on its result. */
export function writeKernel(step: PlanStep, inputs: readonly KernelInput[], target: KernelTarget = {}): KernelSource {
  const { grid, statements, result, tables = [], orders = [] } = bodyOf(step, inputs, target);
  const chain = step.chain ? writeChain(step.chain, { grid, own: result }) : { statements: '', result };
  const parameters = [...inputs.map((_, k) => `v${k}`), ...tables.map((_, k) => `t${k}`)];
  const body = lines(grid.prelude(), statements, chain.statements, `return ${chain.result};`);
  const source = `function (${parameters.join(', ')}) {\n${indent(body)}\n}`;
  return {
    ...withinLimits({ source, output: grid.output }, target),
    tables: tables.map((table) => Float32Array.from(table)),
    orders,
  };
}

/**
 * Two extents are a texture of that many columns and rows, which may be too long for one: three become a square texture,
 * so the rows move to the third. Too many rows for WebGPU are folded into several layers of fewer; if that leaves some
 * over, they are behind the result, and nobody reads them.
 */
function withinLimits(kernel: Pick<KernelSource, 'source' | 'output'>, { textureSide, rows }: KernelTarget) {
  const { source, output } = kernel;
  if (output.length !== 2) return kernel;
  const [width, height] = output;
  if (textureSide !== undefined && Math.max(width, height) > textureSide) {
    return { source: source.replaceAll('this.thread.y', 'this.thread.z'), output: [width, 1, height] };
  }
  if (rows === undefined || height <= rows) return kernel;
  const layers = Math.ceil(height / rows);
  const layer = Math.ceil(height / layers);
  const row = `(this.thread.z * ${layer} + this.thread.y)`;
  return { source: source.replaceAll('this.thread.y', row), output: [width, layer, layers] };
}

function bodyOf(step: PlanStep, inputs: readonly KernelInput[], { ordersConstants = false }: KernelTarget): KernelBody {
  const { op, attrs, shape, chain } = step;
  if (op === 'elementwise') {
    return { grid: gridOver(shape, chain ? chainStrides(chain) : []), statements: '', result: '' };
  }
  if (!(op in writers)) throw new Error(`GPU.js has no kernel for '${op}'`);
  const write = writers[op as KernelName] as (request: KernelRequest<never>) => KernelBody;
  return write({
    inputs: inputs.map((input) => input.shape),
    movable: inputs.map(({ isConstant }) => isConstant && ordersConstants),
    output: shape,
    attrs: attrs as never,
  });
}
