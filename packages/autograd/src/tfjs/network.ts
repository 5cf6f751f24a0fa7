import type { Tensor } from '../graph/tensor.ts';

/** A named input or output; the first axis is the batch, null is an extent that the file leaves open. */
export interface Port {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

/** What a build gives: the outputs by name, and any node or layer on the way to them. */
interface BuiltNetwork {
  readonly outputs: ReadonlyMap<string, Tensor>;
  readonly find: (name: string | undefined) => Tensor | undefined;
}

/** What both file formats come down to: a network that can be built on any inputs of the right shapes. */
export interface Network {
  readonly format: 'layers-model' | 'graph-model';
  readonly name?: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** How often each op or layer class is used. */
  readonly ops: ReadonlyMap<string, number>;
  readonly build: (inputs: ReadonlyMap<string, Tensor>) => BuiltNetwork;
}
