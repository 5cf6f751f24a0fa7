/** A filter or matrix with its bias. */
export interface Weights {
  /** `[rows, columns, in, out]` of a convolution, `[rows, columns, channels, 1]` of a depthwise one, `[in, out]` of a matrix. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
  readonly bias: Float32Array;
}

export interface ConvolutionLayer {
  readonly weights: Weights;
  readonly stride: number;
  readonly activation: 'relu6' | 'none';
}

/** What a framework has to offer for a network to be built in it. Images are `[1, h, w, c]`, padding is `same`. */
export interface NetworkBuilder<T> {
  convolve(x: T, layer: ConvolutionLayer): T;
  convolveDepthwise(x: T, layer: ConvolutionLayer): T;
  add(a: T, b: T): T;
  /** Average over rows and columns, then a matrix: logits `[1, classes]`. */
  classify(x: T, weights: Weights): T;
}

export interface Network {
  readonly name: string;
  /** `[h, w, c]` */
  readonly inputShape: readonly [number, number, number];
  build<T>(builder: NetworkBuilder<T>, image: T): T;
}
