import type { Tensor } from '../../../graph/tensor.ts';
import { add, batchNorm, constant, div, maximum, mean, mul, sqrt, square, sub } from '../../../index.ts';
import type { Json } from '../../json.ts';
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const normalizationLayers: LayerTable = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  Normalization: normalization,
  Rescaling: (call) => add(mul(call.x, perChannel(call.config.at('scale'))), perChannel(call.config.at('offset'), 0)),
};

/** One value, or one for each channel. */
function perChannel(option: Json, fallback?: number): Tensor {
  if (!option.isList) return constant(option.number(fallback));
  const values = numbersIn(option);
  return constant({ data: values, shape: [values.length] });
}

function numbersIn(option: Json, depth = 0): number[] {
  if (!option.isList || depth > 8) return [option.number()];
  return option.list().flatMap((item) => numbersIn(item, depth + 1));
}

/** The layer's `axis`, which must be the last one: channels. */
function checkLastAxis(call: LayerCall): void {
  const axis = call.config.at('axis');
  const axes = axis.isList ? axis.integers() : [axis.integer(-1)];
  const last = call.x.shape.length - 1;
  if (axes.length === 1 && (axes[0] === -1 || axes[0] === last)) return;
  throw call.error(`normalises over the axes [${axes.join(', ')}]; only the last axis, ${last}, is read`);
}

function batchNormalization(call: LayerCall): Tensor {
  checkLastAxis(call);
  const { config, channels } = call;
  return batchNorm(call.x, {
    mean: call.weight('moving_mean', [channels]),
    variance: call.weight('moving_variance', [channels]),
    epsilon: config.at('epsilon').number(1e-3),
    ...(config.at('scale').boolean(true) ? { gamma: call.weight('gamma', [channels]) } : {}),
    ...(config.at('center').boolean(true) ? { beta: call.weight('beta', [channels]) } : {}),
  });
}

function layerNormalization(call: LayerCall): Tensor {
  checkLastAxis(call);
  const { config, channels, x } = call;
  const centred = sub(x, mean(x, { axes: -1, keepDims: true }));
  const variance = mean(square(centred), { axes: -1, keepDims: true });
  const unit = div(centred, sqrt(add(variance, config.at('epsilon').number(1e-3))));
  const scaled = config.at('scale').boolean(true) ? mul(unit, call.weight('gamma', [channels])) : unit;
  return config.at('center').boolean(true) ? add(scaled, call.weight('beta', [channels])) : scaled;
}

/** Statistics are numbers in the file or, where the layer was adapted to data, weights. */
function normalization(call: LayerCall): Tensor {
  const { config, x } = call;
  const overall =
    config.at('axis').value === null || (config.at('axis').isList && config.at('axis').list().length === 0);
  if (!overall) checkLastAxis(call);
  const shape = overall ? [] : [call.channels];
  const fixed = config.at('mean').present;
  const average = fixed ? perChannel(config.at('mean')) : call.weight('mean', shape);
  const variance = fixed ? perChannel(config.at('variance')) : call.weight('variance', shape);
  const deviation = maximum(sqrt(variance), 1e-7);
  return config.at('invert').boolean(false) ? add(mul(x, deviation), average) : div(sub(x, average), deviation);
}
