import type { Json } from '../json.ts';

/** Output `output` of the `call`-th call of a layer. */
export interface LayerRef {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

/** How deep lists of references are nested: `args`, a list of tensors, a tensor. */
const deepest = 8;

/** The inputs of each call of a layer: one entry of `inbound_nodes` a call. */
export function readCalls(inboundNodes: Json): LayerRef[][] {
  return inboundNodes.list([]).map((node) => (node.isObject ? readTensors(node) : readRefs(node)));
}

/**
 * References as Keras 2 writes them, `[layer, call, output, arguments]`, one or lists of them; Keras 3 uses the first
 * three for the inputs and outputs of a model. A dictionary of named outputs is read in file order.
 */
export function readRefs(refs: Json, depth = 0): LayerRef[] {
  if (depth > deepest) throw refs.error('references to layers');
  if (refs.isObject) return refs.entries().flatMap(([, ref]) => readRefs(ref, depth + 1));
  const [first, ...rest] = refs.list();
  if (first && typeof first.value === 'string') return [toRef(first, rest)];
  return refs.list().flatMap((ref) => readRefs(ref, depth + 1));
}

/** Keras 3: every `__keras_tensor__` among the arguments of a call, positional ones first. */
function readTensors(value: Json, depth = 0): LayerRef[] {
  if (depth > deepest) throw value.error('arguments of a layer');
  if (value.isList) return value.list().flatMap((item) => readTensors(item, depth + 1));
  if (!value.isObject) return [];
  if (value.at('class_name').value === '__keras_tensor__') return readRefs(value.at('config').at('keras_history'));
  return value.entries().flatMap(([, item]) => readTensors(item, depth + 1));
}

function toRef(layer: Json, [call, output]: readonly Json[]): LayerRef {
  return { layer: layer.string(), call: call?.integer() ?? 0, output: output?.integer() ?? 0 };
}
