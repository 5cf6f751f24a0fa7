import type { Tensor } from '../../../graph/tensor.ts';
import { broadcastTo, pad, reshape, resizeBilinear, resizeNearest, slice, transpose } from '../../../index.ts';
import { quote } from '../../json.ts';
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const layoutLayers: LayerTable = {
  Flatten: (call) => {
    call.checkLayout();
    return reshape(call.x, [call.x.shape[0], -1]);
  },
  Reshape: (call) => reshape(call.x, [call.x.shape[0], ...call.option('target_shape').integers()]),
  Permute: (call) => transpose(call.x, [0, ...call.option('dims').integers()]),
  RepeatVector: (call) => {
    const [batch, features] = call.x.shape;
    const repeated = [batch, call.option('n').integer(), features];
    return broadcastTo(reshape(call.x, [batch, 1, features]), repeated);
  },
  ZeroPadding2D: (call) => pad(call.images, [[0, 0], ...borders(call, 'padding'), [0, 0]]),
  Cropping2D: (call) => {
    const [[top, bottom], [left, right]] = borders(call, 'cropping');
    const [, rows, columns] = call.images.shape;
    return crop(call, [top, left], [rows - top - bottom, columns - left - right]);
  },
  CenterCrop: (call) => {
    const [, rows, columns] = call.images.shape;
    const [height, width] = heightAndWidth(call);
    return crop(call, [(rows - height) >> 1, (columns - width) >> 1], [height, width]);
  },
  UpSampling2D: (call) => {
    const [, rows, columns] = call.images.shape;
    const [down, across] = call.option('size').pair(2);
    return resize(call, [rows * down, columns * across], 'nearest');
  },
  Resizing: (call) => {
    for (const name of ['crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'antialias']) {
      if (call.flag(name)) throw call.option(name).error('false');
    }
    return resize(call, heightAndWidth(call), 'bilinear');
  },
  // Layers that act in training only.
  ...Object.fromEntries(
    [
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
    ].map((name) => [name, (call: LayerCall) => call.x]),
  ),
};

function heightAndWidth(call: LayerCall): [number, number] {
  return [call.option('height').integer(), call.option('width').integer()];
}

/** `n`, `[rows, columns]` or `[[top, bottom], [left, right]]`. */
function borders(call: LayerCall, name: string): [[number, number], [number, number]] {
  const option = call.option(name);
  const [rows = option, columns = rows] = option.items();
  return [rows.pair(), columns.pair()];
}

function crop(call: LayerCall, [top, left]: readonly number[], [rows, columns]: readonly number[]): Tensor {
  const [batch, , , channels] = call.images.shape;
  if (rows < 1 || columns < 1) throw call.error(`leaves nothing of ${quote(call.images.shape)}`);
  return slice(call.images, { begin: [0, top, left, 0], size: [batch, rows, columns, channels] });
}

function resize(call: LayerCall, size: readonly [number, number], method: 'nearest' | 'bilinear'): Tensor {
  const interpolation = call.option('interpolation').oneOf(['nearest', 'bilinear'], method);
  const op = interpolation === 'nearest' ? resizeNearest : resizeBilinear;
  return op(call.images, size, { coordinates: call.dialect.tfjsLayers ? 'legacy' : 'halfPixel' });
}
