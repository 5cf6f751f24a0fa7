import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { element, v128 } from '../writer/instructions.ts';
import { type Chain, ChainWriter } from './chain.ts';
import { type Taps, tapWriter, tilePixels } from './depthwise-taps.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes, type Width } from './lanes.ts';
import { evenTiles, nest, slidingTiles, walkTiles } from './loops.ts';

/**
 * A convolution of each channel with a filter of its own, `[taps, channels]`, then the chain. Items are rows of the
 * result. Distances count floats; strides are those of the image, the result, then the chain's inputs.
 */
export interface DepthwiseSpec extends Taps {
  readonly channels: number;
  readonly rowStrides: readonly number[];
  readonly width: number;
  /** Whether each input of the chain has a value for each channel; otherwise it has one a pixel. */
  readonly alongChannels: readonly boolean[];
  readonly chain: Chain;
}

/** Arguments: image, filter, result, then the chain's inputs. */
export function depthwise(spec: DepthwiseSpec): Kernel {
  return { key: kernelKey('depthwise', spec), emit: () => writeDepthwise(spec) };
}

function writeDepthwise(spec: DepthwiseSpec) {
  const { channels, width, pixelStrides, rowStrides, alongChannels } = spec;
  const f = new KernelWriter(3 + alongChannels.length);
  const [image, filter, ...written] = f.arguments;
  const lanes = Math.min(4, channels) as Width;
  const writeTile = tileWriter(f, spec, lanes);
  const atPixel = f.locals('i32', pixelStrides.length);

  return f.finish(
    nest(f, {
      loops: [{ extent: f.count, strides: rowStrides }],
      pointers: [image, ...written],
      body: (row) =>
        evenTiles(width, tilePixels(spec)).map((run) =>
          walkTiles(f, run, (start) => [
            atPixel.map((local, i) => set(local, element(row[i].get, start.get, 4 * pixelStrides[i]))),
            slidingTiles(f, {
              extent: channels,
              size: lanes,
              body: (channel) => writeTile({ filter, atPixel, channel }, run.size),
            }),
          ]),
        ),
    }),
  );
}

interface Place {
  readonly filter: Local;
  /** The image, the result and the chain's inputs at the tile's first pixel. */
  readonly atPixel: readonly Local[];
  readonly channel: Local;
}

/** Gives the code of one tile: so many neighbouring pixels of four channels. */
function tileWriter(f: KernelWriter, spec: DepthwiseSpec, lanes: Width) {
  const { pixelStrides, alongChannels } = spec;
  const [, outStride, ...inputStrides] = pixelStrides;
  const chain = new ChainWriter(f, spec.chain);
  const allSums = f.locals('v128', tilePixels(spec));
  const value = f.local('v128');
  const addTaps = tapWriter(f, spec);
  const [image, filter, out, ...inputs] = f.locals('i32', 3 + alongChannels.length);

  const finish = (sum: Local, pixel: number): Code => [
    set(
      value,
      chain.write({
        result: sum.get,
        input: (input) => {
          const load = alongChannels[input] ? v128.load : v128.loadSplat;
          return load(inputs[input].get, 4 * inputStrides[input] * pixel);
        },
      }),
    ),
    storeLanes(out.get, value, { width: lanes, offset: 4 * outStride * pixel }),
  ];

  return (place: Place, pixels: number): Code => {
    const sums = allSums.slice(0, pixels);
    const atChannel = (local: Local) => element(local.get, place.channel.get, 4);
    const [imagePixel, outPixel, ...inputPixels] = place.atPixel;
    return [
      set(image, atChannel(imagePixel)),
      set(filter, atChannel(place.filter)),
      set(out, atChannel(outPixel)),
      inputs.map((pointer, i) => set(pointer, alongChannels[i] ? atChannel(inputPixels[i]) : inputPixels[i].get)),
      sums.map((sum) => set(sum, f.constant(0))),
      addTaps({ image, filter }, sums),
      sums.map(finish),
    ];
  };
}
