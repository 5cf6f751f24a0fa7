import type { Tensor } from '../../../graph/tensor.ts';
import { broadcastTo, pad, reshape, resizeBilinear, resizeNearest, slice, transpose } from '../../../index.ts';
import { type Json, quote } from '../../json.ts';
import type { LayerBuilder, LayerCall, LayerTable } from '../layer-call.ts';

export const layoutLayers: LayerTable = {
  Flatten: (call) => {
    const layout = call.config.at('data_format').string('channels_last');
    if (layout !== 'channels_last') throw call.error(`has the data format ${quote(layout)}; convert to channels_last`);
    return reshape(call.x, [call.x.shape[0], -1]);
  },
  Reshape: (call) => reshape(call.x, [call.x.shape[0], ...call.config.at('target_shape').integers()]),
  Permute: (call) => transpose(call.x, [0, ...call.config.at('dims').integers()]),
  RepeatVector: (call) => {
    const [batch, features] = call.x.shape;
    const repeated = [batch, call.config.at('n').integer(), features];
    return broadcastTo(reshape(call.x, [batch, 1, features]), repeated);
  },
  ZeroPadding2D: (call) => pad(call.images, [[0, 0], ...borders(call, 'padding'), [0, 0]]),
  Cropping2D: (call) => {
    const [[top, bottom], [left, right]] = borders(call, 'cropping');
    const [, rows, columns] = call.images.shape;
    return crop(call, [top, left], [rows - top - bottom, columns - left - right]);
  },
  CenterCrop: (call) => {
    const size = [call.config.at('height').integer(), call.config.at('width').integer()] as const;
    const [, rows, columns] = call.images.shape;
    return crop(call, [(rows - size[0]) >> 1, (columns - size[1]) >> 1], size);
  },
  UpSampling2D: (call) => {
    const [rows, columns] = call.pair('size', [2, 2]);
    const size = [call.images.shape[1] * rows, call.images.shape[2] * columns] as const;
    return resize(call, size, call.config.at('interpolation').string('nearest'));
  },
  Resizing: (call) => {
    for (const option of ['crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'antialias']) {
      if (call.config.at(option).boolean(false)) throw call.error(`uses ${option}, which is not read`);
    }
    const size = [call.config.at('height').integer(), call.config.at('width').integer()] as const;
    return resize(call, size, call.config.at('interpolation').string('bilinear'));
  },
  ...identities([
    'Dropout',
    'SpatialDropout2D',
    'GaussianDropout',
    'AlphaDropout',
    'GaussianNoise',
    'ActivityRegularization',
    'Identity',
    'RandomFlip',
    'RandomRotation',
    'RandomZoom',
    'RandomTranslation',
    'RandomContrast',
    'RandomBrightness',
  ]),
};

/** Layers that act in training only. */
function identities(names: readonly string[]): Record<string, LayerBuilder> {
  return Object.fromEntries(names.map((name) => [name, (call: LayerCall) => call.x]));
}

/** `n`, `[rows, columns]` or `[[top, bottom], [left, right]]`. */
function borders(call: LayerCall, name: string): [[number, number], [number, number]] {
  const option = call.config.at(name);
  const both = (value: Json): [number, number] => {
    const sides = value.isList ? value.integers() : [value.integer(), value.integer()];
    if (sides.length === 2 && sides.every((side) => side >= 0 && side <= 65_536)) return [sides[0], sides[1]];
    throw option.error('up to two numbers a side from 0 to 65536');
  };
  if (!option.isList) return [both(option), both(option)];
  const [rows, columns, ...others] = option.list();
  if (!rows || !columns || others.length > 0) throw option.error('rows and columns');
  return [both(rows), both(columns)];
}

function crop(call: LayerCall, [top, left]: readonly number[], [rows, columns]: readonly number[]): Tensor {
  const [batch, , , channels] = call.images.shape;
  if (rows < 1 || columns < 1) throw call.error(`leaves nothing of ${quote(call.images.shape)}`);
  return slice(call.images, { begin: [0, top, left, 0], size: [batch, rows, columns, channels] });
}

function resize(call: LayerCall, size: readonly [number, number], method: string): Tensor {
  if (size.some((extent) => extent < 1)) throw call.error(`resizes to ${quote(size)}`);
  const coordinates = call.dialect.tfjsLayers ? 'legacy' : 'halfPixel';
  if (method === 'nearest') return resizeNearest(call.images, size, { coordinates });
  if (method === 'bilinear') return resizeBilinear(call.images, size, { coordinates });
  throw call.error(`interpolates by ${quote(method)}; readable are nearest and bilinear`);
}
