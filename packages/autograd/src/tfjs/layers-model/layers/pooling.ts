import { averagePool, max, maxPool, mean } from '../../../index.ts';
import type { LayerBuilder, LayerCall, LayerTable } from '../layer-call.ts';
import { readPadding } from './convolution.ts';

export const poolingLayers: LayerTable = {
  MaxPooling2D: (call) => maxPool(call.images, windowOf(call)),
  AveragePooling2D: (call) => averagePool(call.images, windowOf(call)),
  GlobalAveragePooling2D: overImage(mean),
  GlobalMaxPooling2D: overImage(max),
};

function windowOf(call: LayerCall) {
  const size = call.option('pool_size');
  return { size: size.pair(2), strides: call.option('strides').or(size).pair(2), padding: readPadding(call) };
}

function overImage(reduce: typeof mean): LayerBuilder {
  return (call) => reduce(call.images, { axes: [1, 2], keepDims: call.flag('keepdims') });
}
