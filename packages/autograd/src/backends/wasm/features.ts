import { FunctionWriter, type WasmFunction } from './writer/function-writer.ts';
import { f32, f32x4 } from './writer/instructions.ts';
import { buildModule } from './writer/module.ts';

/** Whether the engine runs 128-bit SIMD, without which this backend does not work. */
export function supportsSimd(): boolean {
  return supports((x) => f32x4.add(x, x));
}

/** Whether it has a fused multiply-add (relaxed SIMD): half the instructions of a convolution. */
export function supportsMultiplyAdd(): boolean {
  return supports((x) => f32x4.multiplyAdd(x, x, x));
}

function supports(expression: typeof f32x4.splat): boolean {
  const probe: WasmFunction = new FunctionWriter({ parameters: [], results: ['v128'] }).finish(
    expression(f32x4.splat(f32.const(1))),
  );
  return typeof WebAssembly === 'object' && WebAssembly.validate(buildModule({ imports: [], functions: [probe] }));
}
