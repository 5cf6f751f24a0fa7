import type { PaddingOption } from '../../../index.ts';
import { sameShape } from '../../../shape.ts';
import type { OpCall } from '../op-call.ts';

/** Rows and columns of an attribute `[1, rows, columns, 1]`; ones where it is absent. */
export function pair(call: OpCall, name: string): [number, number] {
  const option = call.option(name);
  const [batch, rows, columns, ...channels] = option.integers([1, 1, 1, 1]);
  if (sameShape([batch, ...channels], [1, 1])) return [rows, columns];
  throw option.error('[1, rows, columns, 1]');
}

/** Strides and padding of a window. */
export function readGeometry(call: OpCall) {
  call.checkLayout();
  return { strides: pair(call, 'strides'), padding: readPadding(call) };
}

function readPadding(call: OpCall): PaddingOption {
  const mode = call.option('padding').oneOf(['SAME', 'VALID', 'EXPLICIT']);
  if (mode !== 'EXPLICIT') return mode === 'SAME' ? 'same' : 'valid';
  const option = call.option('explicit_paddings');
  const [before, after, top, bottom, left, right, ...channels] = option.integers();
  if (!sameShape([before, after, ...channels], [0, 0, 0, 0])) {
    throw option.error('[0, 0, top, bottom, left, right, 0, 0]');
  }
  return [
    [top, bottom],
    [left, right],
  ];
}
