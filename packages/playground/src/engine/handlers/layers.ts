import { compile, gradient, type HostArray, type Tensor } from '@igos/autograd';
import { layersOf } from '../layers.ts';
import { session } from './session.ts';

export interface LayerName {
  readonly names: readonly string[];
  /** `[h, w, channels]` */
  readonly shape: readonly number[];
}

/** The layers of the network, in the order in which they are computed. */
export async function layers(_: unknown): Promise<LayerName[]> {
  return layersOf(session.subject).layers.map(({ names, result }) => ({ names, shape: result.shape.slice(1) }));
}

/** A channel of a layer. */
export interface ChannelView {
  readonly channel: number;
  /** `[h, w]` */
  readonly activation: HostArray;
  /** Of the score, `[h, w]`. */
  readonly gradient: HostArray;
  /** Sum of activation times gradient: how far the channel speaks for the class, to first order. */
  readonly share: number;
  /** Of the activation. */
  readonly mean: number;
}

/** Channels that are shown. */
const shownChannels = 6;

/** What a layer answers to the picture, and how the score would change with it: the channels that count most. */
export async function layer({ index }: { readonly index: number }): Promise<ChannelView[]> {
  const { images, score, layers } = layersOf(session.subject);
  const result = layers[index]?.result;
  if (!result) return [];
  const [slopes = result] = gradient(score, [result]) as [Tensor];
  const program = compile({ inputs: [images], outputs: { result, slopes } }, session.backend);
  try {
    const arrays = await program.run({ images: { data: session.subject.image.data, shape: images.shape } });
    const channels = result.shape[3] ?? 1;
    const views = Array.from({ length: channels }, (_, channel): ChannelView => {
      const activation = channelOf(arrays.result, channel);
      const slope = channelOf(arrays.slopes, channel);
      const share = activation.data.reduce((sum, value, i) => sum + value * (slope.data[i] ?? 0), 0);
      const mean = activation.data.reduce((sum, value) => sum + value, 0) / activation.data.length;
      return { channel, activation, gradient: slope, share, mean };
    });
    return views.toSorted((one, other) => Math.abs(other.share) - Math.abs(one.share)).slice(0, shownChannels);
  } finally {
    program.dispose();
  }
}

/** `[1, h, w, c]` -> `[h, w]` */
function channelOf({ data, shape }: HostArray, channel: number): { data: Float32Array; shape: readonly number[] } {
  const [, height = 1, width = 1, channels = 1] = shape;
  const values = Float32Array.from({ length: height * width }, (_, i) => data[channels * i + channel] ?? 0);
  return { data: values, shape: [height, width] };
}
