import type { Network } from './network.ts';
import { weightSource } from './weight-source.ts';

const classes = 1000;

/** Stages of inverted residual blocks: filter side, first stride, expansion, channels, blocks. */
const lite0Stages = [
  [3, 1, 1, 16, 1],
  [3, 2, 6, 24, 2],
  [5, 2, 6, 40, 2],
  [3, 2, 6, 80, 3],
  [5, 1, 6, 112, 3],
  [5, 2, 6, 192, 4],
  [3, 1, 6, 320, 1],
] as const;

/** EfficientNet-Lite0 with random weights. */
export const efficientNetLite0: Network = {
  name: 'EfficientNet-Lite0',
  inputShape: [224, 224, 3],
  build: (builder, image) => {
    const { convolution, depthwise, matrix } = weightSource();
    const relu6 = (stride: number) => ({ stride, activation: 'relu6' }) as const;
    let channels = 32;
    let x = builder.convolve(image, convolution(3, [3, channels], relu6(2)));
    for (const [side, firstStride, expansion, to, blocks] of lite0Stages) {
      for (let block = 0; block < blocks; block++) {
        const stride = block === 0 ? firstStride : 1;
        const from = x;
        const wide = channels * expansion;
        if (expansion > 1) x = builder.convolve(x, convolution(1, [channels, wide], relu6(1)));
        x = builder.convolveDepthwise(x, depthwise(side, wide, stride));
        x = builder.convolve(x, convolution(1, [wide, to], { stride: 1, activation: 'none' }));
        if (stride === 1 && channels === to) x = builder.add(x, from);
        channels = to;
      }
    }
    x = builder.convolve(x, convolution(1, [channels, 1280], relu6(1)));
    return builder.classify(x, matrix(1280, classes));
  },
};

/** Channels and stride of each pair of a depthwise and a pointwise convolution, at a quarter of the width. */
const mobileNetPairs = [
  [16, 1],
  [32, 2],
  [32, 1],
  [64, 2],
  [64, 1],
  [128, 2],
  ...Array.from({ length: 5 }, () => [128, 1] as const),
  [256, 2],
  [256, 1],
] as const;

/** MobileNetV1 with a quarter of its channels and random weights. */
export const mobileNet: Network = {
  name: 'MobileNetV1-0.25',
  inputShape: [224, 224, 3],
  build: (builder, image) => {
    const { convolution, depthwise, matrix } = weightSource();
    let channels = 8;
    let x = builder.convolve(image, convolution(3, [3, channels], { stride: 2, activation: 'relu6' }));
    for (const [to, stride] of mobileNetPairs) {
      x = builder.convolveDepthwise(x, depthwise(3, channels, stride));
      x = builder.convolve(x, convolution(1, [channels, to], { stride: 1, activation: 'relu6' }));
      channels = to;
    }
    return builder.classify(x, matrix(channels, classes));
  },
};
