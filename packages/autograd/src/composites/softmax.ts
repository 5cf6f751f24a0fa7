import { constant, type Tensor } from '../graph/tensor.ts';
import { keepAxes, sum as sumOver } from '../primitives/broadcast.ts';
import { max as maxOver } from '../primitives/reduce-max.ts';
import { reshape, sliceAlong, stopGradient } from '../primitives/structure.ts';
import { resolveAxis, ShapeError, showShape } from '../shape.ts';
import { div, equal, exp, log, mul, neg, select, sub } from './arithmetic.ts';
import { defineComposite } from './define.ts';

interface AxisAttr {
  readonly axis: number;
}

/** Sum along one axis, kept with extent 1. */
function total(x: Tensor, axis: number): Tensor {
  return keepAxes(sumOver(x, [axis]), x.shape, [axis]);
}

/** x minus its largest value along the axis, so that exp cannot overflow; the shift does not change a softmax. */
function shifted(x: Tensor, axis: number): Tensor {
  return sub(x, keepAxes(maxOver(stopGradient(x), [axis]), x.shape, [axis]));
}

const softmaxOp = defineComposite<AxisAttr>(
  'softmax',
  ([x], { axis }) => {
    const powers = exp(shifted(x, axis));
    return div(powers, total(powers, axis));
  },
  ({ output: p, attrs: { axis } }, grad) => [mul(p, sub(grad, total(mul(grad, p), axis)))],
);

/** e^x / sum of e^x along one axis (the last by default). */
export function softmax(x: Tensor, axis = -1): Tensor {
  return softmaxOp([x], { axis: resolveAxis('softmax', axis, x.shape.length) });
}

const logSoftmaxOp = defineComposite<AxisAttr>(
  'logSoftmax',
  ([x], { axis }) => {
    const low = shifted(x, axis);
    return sub(low, log(total(exp(low), axis)));
  },
  ({ output, attrs: { axis } }, grad) => [sub(grad, mul(exp(output), total(grad, axis)))],
);

/** log(softmax(x)) along one axis, without underflow. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return logSoftmaxOp([x], { axis: resolveAxis('logSoftmax', axis, x.shape.length) });
}

const classProbabilityOp = defineComposite<{ readonly index: number }>(
  'classProbability',
  ([logits], { index }) => reshape(column(softmax(logits), index), [logits.shape[0]]),
  ({ inputs: [logits], attrs: { index } }, grad) => {
    const p = softmax(logits);
    const classes = constant({ data: [...Array(p.shape[1]).keys()], shape: [1, p.shape[1]] });
    const isClass = equal(classes, index);
    const others = total(select(isClass, 0, p), 1);
    const slope = mul(column(p, index), select(isClass, others, neg(p)));
    return [mul(slope, reshape(grad, [p.shape[0], 1]))];
  },
);

/**
 * Softmax probability of one class: logits `[n, classes]` -> `[n]`. Its derivative multiplies by the sum of the *other*
 * probabilities instead of 1 − p, so a saturated class keeps its small true gradient where float32 would print 0.
 *
 * @throws ShapeError for logits of another rank, or a class that does not exist
 */
export function classProbability(logits: Tensor, index: number): Tensor {
  const classes = logits.shape[1];
  if (logits.shape.length !== 2 || !Number.isInteger(index) || index < 0 || index >= classes) {
    throw new ShapeError(
      `classProbability needs [n, classes] and a class of them, got ${showShape(logits.shape)}, ${index}`,
    );
  }
  return classProbabilityOp([logits], { index });
}

function column(x: Tensor, index: number): Tensor {
  return sliceAlong(x, 1, [index, 1]);
}
