import { type Code, flatten, list, unsigned } from './code.ts';
import { type Signature, type ValueType, valueTypes, type WasmFunction } from './function-writer.ts';

export interface ImportedFunction extends Signature {
  readonly name: string;
}

export interface ModuleParts {
  /** Functions of the host, numbered from 0. */
  readonly imports: readonly ImportedFunction[];
  /** The module's own, numbered after the imports. Those with a name are exported under it. */
  readonly functions: readonly (WasmFunction & { readonly name?: string })[];
  /** The most 64 KiB pages of a memory that is shared between threads; absent if it is not. */
  readonly sharedPages?: number | undefined;
}

/** The namespace in which a module finds its memory (`memory`) and the functions of the host. */
export const hostNamespace = 'host';

/** Writes a module in the binary format. It works on a memory that it is given. */
export function buildModule({ imports, functions, sharedPages }: ModuleParts): Uint8Array<ArrayBuffer> {
  const limits = sharedPages === undefined ? [0x00, 0x01] : [0x03, 0x01, unsigned(sharedPages)];
  const memory = [text(hostNamespace), text('memory'), 0x02, limits];
  const exported = functions.flatMap(({ name }, i) =>
    name === undefined ? [] : [[text(name), 0x00, unsigned(imports.length + i)]],
  );
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // Each has a type of its own, with its number.
    ...section(1, list([...imports, ...functions].map(signatureCode))),
    ...section(
      2,
      list([memory, ...imports.map(({ name }, i) => [text(hostNamespace), text(name), 0x00, unsigned(i)])]),
    ),
    ...section(3, list(functions.map((_, i) => unsigned(imports.length + i)))),
    ...section(7, list(exported)),
    ...section(10, list(functions.map(functionCode))),
  ]);
}

function signatureCode({ parameters, results }: Signature): Code {
  return [0x60, typeList(parameters), typeList(results)];
}

function typeList(types: readonly ValueType[]): Code {
  return list(types.map((type) => [valueTypes[type]]));
}

function functionCode({ locals, body }: WasmFunction): Code {
  const bytes = flatten([list(locals.map((type) => [1, valueTypes[type]])), body, 0x0b]);
  return [unsigned(bytes.length), bytes];
}

function section(id: number, content: Code): number[] {
  const bytes = flatten(content);
  return [id, ...unsigned(bytes.length), ...bytes];
}

function text(value: string): Code {
  return list([...new TextEncoder().encode(value)].map((byte) => [byte]));
}
