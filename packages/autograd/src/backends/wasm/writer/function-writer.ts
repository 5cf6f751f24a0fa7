import { type Code, flatten, unsigned } from './code.ts';
import { f32, f32x4, v128 } from './instructions.ts';

export const valueTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

/** A parameter or variable of a function. */
export interface Local {
  readonly index: number;
  /** Leaves its value on the stack. */
  readonly get: Code;
}

/** Assigns to a local. */
export function set(local: Local, value: Code): Code {
  return [value, 0x21, unsigned(local.index)];
}

/** Assigns to a local and leaves the value on the stack. */
export function tee(local: Local, value: Code): Code {
  return [value, 0x22, unsigned(local.index)];
}

export interface Signature {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A finished function: what the module builder needs. */
export interface WasmFunction extends Signature {
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** Hands out the locals of one function while its body is composed. */
export class FunctionWriter {
  readonly parameters: readonly Local[];
  readonly #signature: Signature;
  readonly #locals: ValueType[] = [];
  readonly #constants = new Map<string, { local: Local; value: Code }>();

  constructor(signature: Signature) {
    this.#signature = signature;
    this.parameters = signature.parameters.map((_, index) => localAt(index));
  }

  local(type: ValueType): Local {
    return localAt(this.#signature.parameters.length + this.#locals.push(type) - 1);
  }

  locals(type: ValueType, count: number): Local[] {
    return Array.from({ length: count }, () => this.local(type));
  }

  /** A number in all four lanes of a vector that is made once, when the function begins: cheaper than at each use. */
  constant(value: number): Code {
    return this.#once(f32x4.splat(f32.const(value)));
  }

  /** Four 32-bit integers in a vector that is made once. */
  lanes(values: readonly number[]): Code {
    return this.#once(v128.const(values));
  }

  #once(value: Code): Code {
    const key = String(flatten(value));
    const local = this.#constants.get(key)?.local ?? this.local('v128');
    this.#constants.set(key, { local, value });
    return local.get;
  }

  finish(body: Code): WasmFunction {
    const constants = [...this.#constants.values()].map(({ local, value }) => set(local, value));
    return { ...this.#signature, locals: this.#locals, body: [constants, body] };
  }
}

function localAt(index: number): Local {
  return { index, get: [0x20, unsigned(index)] };
}
