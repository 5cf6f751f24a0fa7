import { attrsOf } from '../../../compile/plan.ts';
import { bindChain } from './chain.ts';
import type { KeptStep } from './conditions.ts';
import type { LowerContext } from './context.ts';
import { emitContraction } from './contract.ts';

export function lowerMatmul(ctx: LowerContext, step: KeptStep): void {
  const [left, right] = step.inputs;
  const { transposeA, transposeB } = attrsOf('matmul', step);
  const [rows, columns] = step.shape;
  const inner = ctx.shapeOf(left)[transposeA ? 0 : 1];
  const [rowStride, innerStride] = transposeA ? [1, rows] : [inner, 1];
  emitContraction(ctx, {
    a: ctx.stored(left),
    start: 0,
    rows: [{ axis: 0, first: 0, step: 1, extent: rows, move: rowStride }],
    steps: [innerStride],
    matrix: {
      value: right,
      start: 0,
      rows: [{ extent: inner, stride: transposeB ? 1 : columns }],
      columns: { extent: columns, stride: transposeB ? inner : 1 },
    },
    out: ctx.stored(step.output),
    chain: bindChain(ctx, step),
  });
}
