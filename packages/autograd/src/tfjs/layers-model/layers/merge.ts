import type { Operand, Tensor } from '../../../graph/tensor.ts';
import { add, concat, div, maximum, minimum, mul, sub } from '../../../index.ts';
import type { LayerBuilder, LayerTable } from '../layer-call.ts';

export const mergeLayers: LayerTable = {
  Add: fold(add),
  Multiply: fold(mul),
  Maximum: fold(maximum),
  Minimum: fold(minimum),
  Average: (call) => div(fold(add)(call), call.inputs.length),
  Subtract: (call) => {
    if (call.inputs.length !== 2) throw call.error(`needs two inputs, got ${call.inputs.length}`);
    return sub(call.inputs[0], call.inputs[1]);
  },
  Concatenate: (call) => concat(call.inputs, call.config.at('axis').integer(-1)),
};

function fold(op: (a: Operand, b: Operand) => Tensor): LayerBuilder {
  return (call) => {
    if (call.inputs.length === 0) throw call.error('needs at least one input');
    return call.inputs.reduce((merged, next) => op(merged, next));
  };
}
