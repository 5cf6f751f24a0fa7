import type { Json } from '../json.ts';

/** Output `output` of the `call`-th call of a layer. */
export interface LayerRef {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

/** How deep references are nested: `args`, a list of tensors, a tensor. */
const deepest = 8;

/**
 * Every reference in a value, in file order. Keras 2 writes `[layer, call, output, arguments]`, one or lists of them or
 * a dictionary. Keras 3 has the first three in each `__keras_tensor__` among the arguments of a call.
 */
export function readRefs(value: Json, depth = 0): LayerRef[] {
  if (depth > deepest) throw value.error('references to layers');
  if (value.at('class_name').value === '__keras_tensor__') {
    return readRefs(value.at('config').at('keras_history'), depth + 1);
  }
  if (value.isObject) return value.entries().flatMap(([, item]) => readRefs(item, depth + 1));
  if (!value.isList) return [];
  const [layer, call, output] = value.list();
  if (typeof layer?.value !== 'string') return value.list().flatMap((item) => readRefs(item, depth + 1));
  return [{ layer: layer.value, call: call?.integer() ?? 0, output: output?.integer() ?? 0 }];
}
