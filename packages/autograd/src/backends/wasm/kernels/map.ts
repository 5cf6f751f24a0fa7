import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { i32 } from '../writer/instructions.ts';
import { type Access, alongAxis, loadAlong } from './access.ts';
import { type Chain, ChainWriter } from './chain.ts';
import { type Condition, storeConditions } from './conditions.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes, type Width } from './lanes.ts';
import { nest, slidingTiles } from './loops.ts';

/**
 * Computes or just moves every element: the result at a place is the chain of what the inputs hold at that place. Items
 * are turns of the outermost loop. Strides are those of the result, then the inputs.
 */
export interface MapSpec {
  readonly loops: readonly { readonly extent: number; readonly strides: readonly number[] }[];
  /** How each input lies along the innermost loop, where that runs through the result without gaps. */
  readonly inputs: readonly Access[];
  readonly chain: Chain;
  /**
   * What of the result is kept as bits, if anything. Their array is then the last argument and has the last strides; a
   * place in it is a sixteenth of a float.
   */
  readonly conditions: readonly Condition[];
}

/** Arguments: the result, then the inputs, then the conditions' bits if there are any. */
export function map(spec: MapSpec): Kernel {
  const { loops } = spec;
  // The outermost extent is left to the call, except where there are too few elements for one vector.
  const [first, ...rest] = loops;
  const extent = loops.length === 1 && isVectorLoop(spec) ? Math.min(first.extent, 4) : 0;
  return {
    key: kernelKey('map', { ...spec, loops: [{ ...first, extent }, ...rest] }),
    emit: () => writeMap(spec),
  };
}

/** Whether four neighbours can be read and written at once: the result is contiguous, an input is or stands still. */
function isVectorLoop({ loops, inputs }: MapSpec): boolean {
  const [out, ...strides] = loops[loops.length - 1].strides;
  return out === 1 && inputs.every((access, i) => access !== 'each' || strides[i] === 1);
}

function writeMap(spec: MapSpec) {
  const { loops, conditions } = spec;
  const f = new KernelWriter(loops[0].strides.length);
  const chain = new ChainWriter(f, spec.chain);
  const value = f.local('v128');
  const isVector = isVectorLoop(spec);
  const levels = loops.map(({ extent, strides }, i) => ({ extent: i === 0 ? f.count : extent, strides }));
  const inputs = isVector ? spec.inputs : spec.inputs.map((): Access => 'one');
  const neighbours = isVector ? loops[loops.length - 1].extent : 1;
  const size = Math.min(4, neighbours) as Width;
  const extent = neighbours < 4 ? neighbours : levels[levels.length - 1].extent;

  const elements = ([out, ...arrays]: readonly Local[], start: Local): Code => {
    const bytes = i32.mul(start.get, i32.const(4));
    const load = (i: number) =>
      loadAlong(inputs[i], alongAxis(inputs[i], arrays[i].get, bytes), { bytes: 0, floats: 0 });
    const kept = () => alongAxis('bits', arrays[arrays.length - 1].get, bytes);
    return [
      set(value, chain.write({ input: load })),
      storeLanes(alongAxis('each', out.get, bytes), value, { width: size }),
      conditions.length === 0 ? [] : storeConditions(f, kept(), { conditions, value: value.get, offset: 0 }),
    ];
  };
  return f.finish(
    nest(f, {
      loops: isVector ? levels.slice(0, -1) : levels,
      pointers: f.arguments,
      body: (pointers) => slidingTiles(f, { extent, size, body: (start) => elements(pointers, start) }),
    }),
  );
}
