import type { ConvolutionLayer, Network, NetworkBuilder } from './network.ts';
import { asBytes, integerField, lengthField, type Message } from './protobuf.ts';

/** Numbers of fields in onnx.proto. */
const fields = {
  model: { formatVersion: 1, graph: 7, operators: 8 },
  operators: { version: 2 },
  graph: { node: 1, name: 2, initializer: 5, input: 11, output: 12 },
  node: { input: 1, output: 2, op: 4, attribute: 5 },
  attribute: { name: 1, integer: 3, text: 4, integers: 8, type: 20 },
  tensor: { extent: 1, type: 2, name: 8, bytes: 9 },
  value: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { element: 1, shape: 2 },
  shape: { dimension: 1 },
  dimension: { value: 1 },
};
const attributeTypes = { integer: 2, text: 3, integers: 7 };
const float32 = 1;
const formatVersion = 8;
const operatorVersion = 13;

type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

/** The network as the bytes of an ONNX file: input `image` `[1, c, h, w]`, output `logits` `[1, classes]`. */
export function buildOnnx({ name, inputShape: [height, width, channels], build }: Network): Uint8Array {
  const { builder, parts } = makeBuilder();
  const logits = build(builder, 'image');
  return asBytes([
    ...integerField(fields.model.formatVersion, formatVersion),
    ...lengthField(fields.model.operators, integerField(fields.operators.version, operatorVersion)),
    ...lengthField(fields.model.graph, [
      ...lengthField(fields.graph.name, name),
      ...parts,
      ...lengthField(fields.graph.input, value('image', [1, channels, height, width])),
      ...lengthField(fields.graph.output, value(logits, [])),
    ]),
  ]);
}

/** A builder whose values are names; what it makes of the graph gathers in `parts`. */
function makeBuilder() {
  const parts: Uint8Array[] = [];
  let names = 0;
  const add = (op: string, inputs: readonly string[], attributes: Attributes = {}): string => {
    const output = op === 'Gemm' ? 'logits' : `value${names++}`;
    const operands = inputs.flatMap((input) => lengthField(fields.node.input, input));
    const described = Object.entries(attributes).flatMap((one) =>
      lengthField(fields.node.attribute, attribute(...one)),
    );
    const result = lengthField(fields.node.output, output);
    parts.push(
      ...lengthField(fields.graph.node, [...operands, ...result, ...lengthField(fields.node.op, op), ...described]),
    );
    return output;
  };
  const store = (values: Float32Array, shape: readonly number[]): string => {
    const name = `constant${names++}`;
    parts.push(...lengthField(fields.graph.initializer, constant(name, { values, shape })));
    return name;
  };
  const convolve = (x: string, { weights, stride, activation }: ConvolutionLayer, depthwise: boolean): string => {
    const { values, shape, bias } = weights;
    const [rows, columns, from, to] = shape as [number, number, number, number];
    const filterShape = depthwise ? [from, 1, rows, columns] : [to, from, rows, columns];
    const filter = store(planar(values, { taps: rows * columns, from, to }), filterShape);
    const sums = add('Conv', [x, filter, store(bias, [bias.length])], {
      ...{ auto_pad: 'SAME_UPPER', group: depthwise ? from : 1 },
      ...{ kernel_shape: [rows, columns], strides: [stride, stride] },
    });
    return activation === 'none'
      ? sums
      : add('Clip', [sums, store(Float32Array.of(0), []), store(Float32Array.of(6), [])]);
  };
  const builder: NetworkBuilder<string> = {
    convolve: (x, layer) => convolve(x, layer, false),
    convolveDepthwise: (x, layer) => convolve(x, layer, true),
    add: (a, b) => add('Add', [a, b]),
    classify: (x, { values, shape, bias }) =>
      add('Gemm', [add('Flatten', [add('GlobalAveragePool', [x])]), store(values, shape), store(bias, [bias.length])]),
  };
  return { builder, parts };
}

/** `[taps, in, out]` -> `[out, in, taps]`. */
function planar(values: Float32Array, { taps, from, to }: { taps: number; from: number; to: number }): Float32Array {
  const out = new Float32Array(values.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let i = 0; i < from; i++) {
      for (let o = 0; o < to; o++) out[(o * from + i) * taps + tap] = values[(tap * from + i) * to + o]!;
    }
  }
  return out;
}

function attribute(name: string, content: number | string | readonly number[]): Message {
  const named = lengthField(fields.attribute.name, name);
  const typed = (type: number) => integerField(fields.attribute.type, type);
  if (typeof content === 'number') {
    return [...named, ...integerField(fields.attribute.integer, content), ...typed(attributeTypes.integer)];
  }
  if (typeof content === 'string') {
    return [...named, ...lengthField(fields.attribute.text, content), ...typed(attributeTypes.text)];
  }
  const integers = content.flatMap((integer) => integerField(fields.attribute.integers, integer));
  return [...named, ...integers, ...typed(attributeTypes.integers)];
}

function constant(name: string, { values, shape }: { values: Float32Array; shape: readonly number[] }): Message {
  return [
    ...shape.flatMap((extent) => integerField(fields.tensor.extent, extent)),
    ...integerField(fields.tensor.type, float32),
    ...lengthField(fields.tensor.name, name),
    ...lengthField(fields.tensor.bytes, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ];
}

/** A named input or output; without extents, of any shape. */
function value(name: string, shape: readonly number[]): Message {
  const extents = shape.flatMap((extent) =>
    lengthField(fields.shape.dimension, integerField(fields.dimension.value, extent)),
  );
  const tensorType = [
    ...integerField(fields.tensorType.element, float32),
    ...(shape.length > 0 ? lengthField(fields.tensorType.shape, extents) : []),
  ];
  return [
    ...lengthField(fields.value.name, name),
    ...lengthField(fields.value.type, lengthField(fields.type.tensor, tensorType)),
  ];
}
