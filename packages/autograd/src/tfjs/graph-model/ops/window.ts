import type { PaddingOption } from '../../../index.ts';
import { quote } from '../../json.ts';
import type { OpCall } from '../op-call.ts';

/** Rows and columns of an attribute `[1, rows, columns, 1]`; ones where it is absent. */
export function pair(call: OpCall, name: string): [number, number] {
  const values = call.attrs.integers(name, [1, 1, 1, 1]);
  if (values.length !== 4 || values[0] !== 1 || values[3] !== 1 || values[1] < 1 || values[2] < 1) {
    throw call.error(`has ${name} [${values.join(', ')}]; expected [1, rows, columns, 1]`);
  }
  return [values[1], values[2]];
}

export function readPadding(call: OpCall): PaddingOption {
  const mode = call.attrs.string('padding');
  if (mode === 'SAME') return 'same';
  if (mode === 'VALID') return 'valid';
  if (mode !== 'EXPLICIT') throw call.error(`has the padding ${quote(mode)}; readable are SAME, VALID, EXPLICIT`);
  const amounts = call.attrs.integers('explicit_paddings');
  const [batch0, batch1, top, bottom, left, right, channels0, channels1] = amounts;
  if (amounts.length !== 8 || [batch0, batch1, channels0, channels1].some((amount) => amount !== 0)) {
    throw call.error(`has explicit_paddings [${amounts.join(', ')}]; expected [0, 0, top, bottom, left, right, 0, 0]`);
  }
  return [
    [top, bottom],
    [left, right],
  ];
}
