import { set } from '../writer/function-writer.ts';
import { f32x4, v128 } from '../writer/instructions.ts';
import { type Kernel, KernelWriter, kernelKey } from './kernel-writer.ts';
import { storeLanes } from './lanes.ts';
import { nest } from './loops.ts';

/**
 * Adds an array to another in place, each element once: unlike in other kernels, the last tile must not slide back over
 * elements that are done. Items are turns of the outermost loop; strides are those of the total, then of what is added.
 */
export interface AccumulateSpec {
  readonly loops: readonly { readonly extent: number; readonly strides: readonly [number, number] }[];
  /** Neighbouring elements in the innermost place. */
  readonly run: number;
}

/** Arguments: the total, what is added to it. */
export function accumulate(spec: AccumulateSpec): Kernel {
  const [first, ...rest] = spec.loops;
  return {
    key: kernelKey('accumulate', { ...spec, loops: [{ ...first, extent: 0 }, ...rest] }),
    emit: () => writeAccumulate(spec),
  };
}

function writeAccumulate({ loops, run }: AccumulateSpec) {
  const f = new KernelWriter(2);
  const sum = f.local('v128');
  const whole = Math.floor(run / 4);
  const rest = run - 4 * whole;
  return f.finish(
    nest(f, {
      loops: loops.map(({ extent, strides }, i) => ({ extent: i === 0 ? f.count : extent, strides })),
      pointers: f.arguments,
      body: (row) => [
        whole === 0
          ? []
          : nest(f, {
              loops: [{ extent: whole, strides: [4, 4] }],
              pointers: row,
              body: ([total, added]) => v128.store(total.get, f32x4.add(v128.load(total.get), v128.load(added.get))),
            }),
        rest === 0
          ? []
          : [
              set(sum, f32x4.add(v128.load(row[0].get, 16 * whole), v128.load(row[1].get, 16 * whole))),
              storeLanes(row[0].get, sum, { width: rest as 1 | 2 | 3, offset: 16 * whole }),
            ],
      ],
    }),
  );
}
