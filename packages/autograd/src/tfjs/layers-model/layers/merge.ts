import type { Operand, Tensor } from '../../../graph/tensor.ts';
import { add, concat, div, maximum, minimum, mul, sub } from '../../../index.ts';
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const mergeLayers: LayerTable = {
  Add: fold(add),
  Multiply: fold(mul),
  Maximum: fold(maximum),
  Minimum: fold(minimum),
  Average: (call) => div(fold(add)(call), call.inputs.length),
  Subtract: (call) => {
    if (call.inputs.length !== 2) throw call.error(`needs two inputs, got ${call.inputs.length}`);
    return fold(sub)(call);
  },
  Concatenate: (call) => concat(call.inputs, call.option('axis').integer(-1)),
};

function fold(op: (a: Operand, b: Operand) => Tensor) {
  return (call: LayerCall) => call.inputs.slice(1).reduce(op, call.input(0));
}
