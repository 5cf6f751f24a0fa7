import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { element, i32 } from '../writer/instructions.ts';
import { type Access, alongAxis, loadAlong } from './access.ts';
import { type Chain, ChainWriter } from './chain.ts';
import { type Condition, storeConditions } from './conditions.ts';
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
  /** How each input of the chain lies along the channels. */
  readonly inputs: readonly Access[];
  readonly chain: Chain;
  /**
   * What of the result is kept as bits, if anything. Their array is then the last argument and has the last strides; a
   * place in it is a sixteenth of a float.
   */
  readonly conditions: readonly Condition[];
}

/** Arguments: image, filter, result, then the chain's inputs, then the conditions' bits if there are any. */
export function depthwise(spec: DepthwiseSpec): Kernel {
  return { key: kernelKey('depthwise', spec), emit: () => writeDepthwise(spec) };
}

function writeDepthwise(spec: DepthwiseSpec) {
  const { channels, width, pixelStrides, rowStrides } = spec;
  const f = new KernelWriter(1 + pixelStrides.length);
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
  /** The image, the result, the chain's inputs and the conditions at the tile's first pixel. */
  readonly atPixel: readonly Local[];
  readonly channel: Local;
}

/** Gives the code of one tile: so many neighbouring pixels of four channels. */
function tileWriter(f: KernelWriter, spec: DepthwiseSpec, lanes: Width) {
  const { pixelStrides, inputs, conditions } = spec;
  const chain = new ChainWriter(f, spec.chain);
  const allSums = f.locals('v128', tilePixels(spec));
  const value = f.local('v128');
  const addTaps = tapWriter(f, spec);
  const filter = f.local('i32');
  const access: readonly Access[] = ['each', 'each', ...inputs, 'bits'];
  /** The image, the result, the chain's inputs, the conditions. */
  const pointers = f.locals('i32', pixelStrides.length);
  const [image, out] = pointers;
  const kept = pointers.length - 1;
  const bytes = (array: number, pixel: number) => 4 * pixelStrides[array] * pixel;

  const finish = (sum: Local, pixel: number): Code => [
    set(
      value,
      chain.write({
        result: sum.get,
        input: (input) =>
          loadAlong(inputs[input], pointers[2 + input].get, { bytes: bytes(2 + input, pixel), floats: 0 }),
      }),
    ),
    storeLanes(out.get, value, { width: lanes, offset: bytes(1, pixel) }),
    conditions.length === 0
      ? []
      : storeConditions(f, pointers[kept].get, { conditions, value: value.get, offset: bytes(kept, pixel) }),
  ];

  return (place: Place, pixels: number): Code => {
    const sums = allSums.slice(0, pixels);
    const channelBytes = i32.mul(place.channel.get, i32.const(4));
    return [
      pointers.map((pointer, i) => set(pointer, alongAxis(access[i], place.atPixel[i].get, channelBytes))),
      set(filter, alongAxis('each', place.filter.get, channelBytes)),
      sums.map((sum) => set(sum, f.constant(0))),
      addTaps({ image, filter }, sums),
      sums.map(finish),
    ];
  };
}
