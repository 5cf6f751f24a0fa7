import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { v128 } from '../writer/instructions.ts';
import { type Chain, ChainWriter } from './chain.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes, type Width } from './lanes.ts';
import { elementAddress, nest, slidingTiles } from './loops.ts';

/**
 * Computes or just moves every element: the result at a place is the chain of what the inputs hold at that place. Items
 * are turns of the outermost loop. Strides are those of the result, then the inputs.
 */
export interface MapSpec {
  readonly loops: readonly { readonly extent: number; readonly strides: readonly number[] }[];
  readonly chain: Chain;
}

/** Arguments: the result, then the inputs. */
export function map({ loops, chain }: MapSpec): Kernel {
  // The outermost extent is left to the call, except where there are too few elements for one vector.
  const [first, ...rest] = loops;
  const extent = loops.length === 1 && isVectorLoop(first) ? Math.min(first.extent, 4) : 0;
  return {
    key: kernelKey('map', { loops: [{ ...first, extent }, ...rest], chain }),
    emit: () => writeMap({ loops, chain }),
  };
}

/** Whether four neighbours can be read and written at once: the result is contiguous, an input is or stands still. */
function isVectorLoop({ strides: [out, ...inputs] }: { readonly strides: readonly number[] }): boolean {
  return out === 1 && inputs.every((stride) => stride === 0 || stride === 1);
}

function writeMap({ loops, chain }: MapSpec) {
  const pointerCount = loops[0].strides.length;
  const f = new KernelWriter(pointerCount);
  const writer = new ChainWriter(f, chain);
  const value = f.local('v128');
  const last = loops[loops.length - 1];
  const vector = isVectorLoop(last);
  const levels = loops.map(({ extent, strides }, i) => ({ extent: i === 0 ? f.count : extent, strides }));

  const store = (address: Code, width: Width, input: (index: number) => Code): Code => [
    set(value, writer.write({ input })),
    storeLanes(address, value, { width }),
  ];
  const oneElement = ([out, ...inputs]: readonly Local[]): Code =>
    store(out.get, 1, (i) => v128.loadSplat(inputs[i].get));
  const manyElements = ([out, ...inputs]: readonly Local[]): Code => {
    const width = Math.min(4, last.extent) as Width;
    return slidingTiles(f, {
      extent: last.extent < 4 ? last.extent : levels[levels.length - 1].extent,
      size: width,
      body: (start) =>
        store(elementAddress(out, start, 1), width, (i) =>
          last.strides[i + 1] === 1 ? v128.load(elementAddress(inputs[i], start, 1)) : v128.loadSplat(inputs[i].get),
        ),
    });
  };
  return f.finish(
    nest(f, {
      loops: vector ? levels.slice(0, -1) : levels,
      pointers: f.arguments,
      body: vector ? manyElements : oneElement,
    }),
  );
}
