import type { Tensor } from '../../../graph/tensor.ts';
import { add, batchNorm, constant, div, maximum, mean, mul, sqrt, square, sub } from '../../../index.ts';
import type { Json } from '../../json.ts';
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const normalizationLayers: LayerTable = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  Normalization: normalization,
  Rescaling: (call) => add(mul(call.x, perChannel(call.option('scale'))), perChannel(call.option('offset'), 0)),
};

/** One value, or one for each channel, in lists of lists. */
function perChannel(option: Json, fallback?: number): Tensor {
  const values = numbersIn(option, 8, fallback);
  return constant({ data: values, shape: [values.length] });
}

function numbersIn(option: Json, depth: number, fallback?: number): number[] {
  if (!option.isList || depth === 0) return [option.number(fallback)];
  return option.list().flatMap((item) => numbersIn(item, depth - 1));
}

/** The layer's `axis`, which must be the last one: channels. */
function checkLastAxis(call: LayerCall): void {
  const last = call.x.shape.length - 1;
  if (![-1, last].includes(call.axis)) throw call.option('axis').error(`the last axis, ${last}`);
}

/** Scale and shift of each channel, where the layer has them. */
function learned(call: LayerCall) {
  const weight = (variable: string) => call.weight(variable, [call.channels]);
  return {
    ...(call.option('scale').boolean(true) && { gamma: weight('gamma') }),
    ...(call.option('center').boolean(true) && { beta: weight('beta') }),
  };
}

function batchNormalization(call: LayerCall): Tensor {
  checkLastAxis(call);
  return batchNorm(call.x, {
    mean: call.weight('moving_mean', [call.channels]),
    variance: call.weight('moving_variance', [call.channels]),
    epsilon: call.option('epsilon').number(1e-3),
    ...learned(call),
  });
}

function layerNormalization(call: LayerCall): Tensor {
  checkLastAxis(call);
  const { gamma = 1, beta = 0 } = learned(call);
  const centred = sub(call.x, mean(call.x, { axes: -1, keepDims: true }));
  const variance = mean(square(centred), { axes: -1, keepDims: true });
  const deviation = sqrt(add(variance, call.option('epsilon').number(1e-3)));
  return add(mul(div(centred, deviation), gamma), beta);
}

/** Statistics are numbers in the file or, where the layer was adapted to data, weights. */
function normalization(call: LayerCall): Tensor {
  const axis = call.option('axis');
  const overall = axis.value === null || (axis.isList && axis.list().length === 0);
  if (!overall) checkLastAxis(call);
  const [average, variance] = ['mean', 'variance'].map((name) => {
    const fixed = call.option(name);
    return fixed.present ? perChannel(fixed) : call.weight(name, overall ? [] : [call.channels]);
  });
  const deviation = maximum(sqrt(variance), 1e-7);
  return call.flag('invert') ? add(mul(call.x, deviation), average) : div(sub(call.x, average), deviation);
}
