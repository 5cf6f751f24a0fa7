import { loadModel, MissingFileError, ModelError } from '@igos/autograd/tfjs';
import { describe, expect, test } from 'vitest';
import { type Changeable, changed, filesReader, fixtureFiles, type ModelFiles } from '../support/tfjs-files.ts';

const layers = fixtureFiles('digits/layers-float32');
const graph = fixtureFiles('digits/graph-float32');
const shards = fixtureFiles('digits/layers-uint16');
const rounded = fixtureFiles('digits/layers-uint8');
const halves = fixtureFiles('digits/layers-float16');
const functional = fixtureFiles('mobile/layers-float32');
const bin = 'group1-shard1of1.bin';

const json = (text: string) => new TextEncoder().encode(text);
const withFile = (files: ModelFiles, name: string, bytes: Uint8Array | undefined): ModelFiles => {
  const copy = new Map(files);
  if (bytes) copy.set(name, bytes);
  else copy.delete(name);
  return copy;
};
const set = (target: Changeable, key: string | number, value: unknown) => {
  Object.assign(target, { [key]: value });
};
const weightsOf = (document: Changeable) => document.weightsManifest![0]!.weights!;
const nodesOf = (document: Changeable) => document.modelTopology!.node!;
const node = (document: Changeable, op: string) =>
  [...nodesOf(document)].find((each) => (each.op as unknown) === op) as Changeable;
const layersOf = (document: Changeable) => document.modelTopology!.model_config!.config!.layers!;
/** Bytes with one float32 or float16 replaced. */
const poisoned = (files: ModelFiles, pattern: readonly number[], index: number) => {
  const bytes = files.get(bin)!.slice();
  bytes.set(pattern, index * pattern.length);
  return withFile(files, bin, bytes);
};

/** What is wrong, and what the one line about it must say. */
const faults: Readonly<Record<string, readonly [ModelFiles, RegExp]>> = {
  'no model.json': [withFile(layers, 'model.json', undefined), /no file "model\.json"/],
  'model.json is not JSON': [withFile(layers, 'model.json', json('{"a": ')), /model\.json is not JSON/],
  'model.json is not text': [withFile(layers, 'model.json', Uint8Array.of(0xff, 0xfe, 0x00)), /not UTF-8/],
  'model.json is empty': [withFile(layers, 'model.json', json('')), /not JSON/],
  'model.json is a list': [withFile(layers, 'model.json', json('[]')), /weightsManifest is missing/],
  'model.json is null': [withFile(layers, 'model.json', json('null')), /weightsManifest is missing/],
  'deep nesting': [
    withFile(layers, 'model.json', json('['.repeat(100_000))),
    /levels of nesting in model\.json: 65; the limit is 64/,
  ],
  'no topology': [changed(layers, (d) => set(d, 'modelTopology', undefined)), /modelTopology is missing/],
  'a topology without a model': [changed(layers, (d) => set(d, 'modelTopology', {})), /graph-model.*layers-model/],
  'no manifest': [changed(layers, (d) => set(d, 'weightsManifest', null)), /weightsManifest/],

  'a missing shard': [withFile(shards, 'group1-shard2of4.bin', undefined), /group1-shard2of4\.bin/],
  'a shard too short': [withFile(layers, bin, layers.get(bin)!.slice(0, -4)), /dense_1\/bias.*40 bytes, 36.*too short/],
  'a shard that ends within a value': [withFile(layers, bin, layers.get(bin)!.slice(0, -1)), /too short/],
  'an empty shard': [withFile(layers, bin, new Uint8Array(0)), /gamma.*too short/],
  'a shard too long': [withFile(layers, bin, new Uint8Array(28_889)), /1 bytes are left over.*too long/],
  'NaN weights': [poisoned(layers, [0, 0, 0xc0, 0x7f], 14), /beta.*NaN or infinity at value 2.*allowNonFinite/],
  'infinite weights': [poisoned(layers, [0, 0, 0x80, 0xff], 0), /gamma.*NaN or infinity at value 0/],
  'NaN halves': [poisoned(halves, [0x01, 0x7e], 13), /beta.*NaN or infinity at value 1/],
  'a missing scale': [changed(rounded, (d) => set(weightsOf(d)[0]!.quantization!, 'scale', null)), /scale is null/],
  'a scale of text': [changed(rounded, (d) => set(weightsOf(d)[0]!.quantization!, 'scale', 'NaN')), /scale is "NaN"/],
  'an infinite scale': [
    withFile(
      rounded,
      'model.json',
      json(new TextDecoder().decode(rounded.get('model.json')).replace(/"scale": ?[^,}]+/, '"scale":1e999')),
    ),
    /scale is Infinity/,
  ],
  'a scale that overflows': [
    changed(rounded, (d) => set(weightsOf(d)[0]!.quantization!, 'scale', 1e38)),
    /gamma.*overflow float32/,
  ],
  'an unknown quantisation': [
    changed(rounded, (d) => set(weightsOf(d)[0]!.quantization!, 'dtype', 'int4')),
    /gamma.*dtype is "int4"; expected one of uint8, uint16, float16/,
  ],
  'an unknown dtype': [changed(layers, (d) => set(weightsOf(d)[0]!, 'dtype', 'string')), /gamma.*dtype is "string"/],
  'a negative extent': [changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', [-12])), /gamma.*shape\[0\] is -12/],
  'two negative extents': [changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', [-3, -4])), /gamma.*shape\[0\] is -3/],
  'a fractional extent': [changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', [1.5])), /shape\[0\] is 1\.5/],
  'a huge shape': [
    changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', [3000, 6000, 6000])),
    /bytes of weight .*gamma.*: 432000000000; .*limits\.weightBytes/,
  ],
  'a shape beyond all numbers': [
    changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', Array(8).fill(2 ** 52))),
    /gamma.*limits\.weightBytes/,
  ],
  'a shape of nothing times everything': [
    changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', [0, ...Array(7).fill(2 ** 52)])),
    /gamma.*limits\.weightBytes/,
  ],
  'too many axes': [
    changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', Array(9).fill(1))),
    /axes of weight .*gamma.*: 9; .*limits\.rank/,
  ],
  'a name used twice': [
    changed(layers, (d) => set(weightsOf(d)[1]!, 'name', weightsOf(d)[0]!.name)),
    /"batch_normalization\/gamma" is taken; names of weights must be unique/,
  ],
  'a weight called __proto__': [changed(layers, (d) => set(weightsOf(d)[0]!, 'name', '__proto__')), /"__proto__"/],
  'an unsafe path': [
    changed(layers, (d) => set(d.weightsManifest![0]!, 'paths', ['../../etc/passwd'])),
    /unsafe path "\.\.\/\.\.\/etc\/passwd"/,
  ],
  'a weight of another shape': [
    changed(layers, (d) => set(weightsOf(d)[4]!, 'shape', [3, 1, 3, 8])),
    /"conv2d\/kernel" has the shape \[3, 1, 3, 8\]; layer "conv2d" needs \[3, 3, 1, 8\]/,
  ],
  'a weight that is not there': [
    changed(layers, (d) => set(weightsOf(d)[4]!, 'name', 'conv2d/colonel')),
    /layer "conv2d" has no weight "kernel"/,
  ],

  'unknown ops': [
    changed(graph, (d) => {
      set(node(d, 'MaxPool'), 'op', 'FractionalMaxPool');
      set(node(d, 'Softmax'), 'op', 'ArgMax');
    }),
    /not supported: node "[^"]*MaxPool" \("FractionalMaxPool"\), node "[^"]*Softmax" \("ArgMax"\)$/,
  ],
  'an unknown fused step': [
    changed(graph, (d) => set(node(d, '_FusedConv2D').attr!.fused_ops!.list!, 's', [btoa('BiasAdd'), btoa('Gelu')])),
    /not supported: node "[^"]*" \("_FusedConv2D"\) with "Gelu"/,
  ],
  'a cycle': [
    changed(graph, (d) => set(node(d, 'MaxPool'), 'input', [node(d, 'Softmax').name])),
    /cycle: "[^"]*Softmax" -> "[^"]*MaxPool" -> .* -> "[^"]*Softmax"$/,
  ],
  'a node that reads itself': [
    changed(graph, (d) => set(node(d, 'MaxPool'), 'input', [node(d, 'MaxPool').name])),
    /cycle/,
  ],
  'a reference to no node': [changed(graph, (d) => set(node(d, 'MaxPool'), 'input', ['nobody'])), /reads "nobody"/],
  'an output that a node lacks': [
    changed(graph, (d) => set(node(d, 'MaxPool'), 'input', [`${node(d, '_FusedConv2D').name}:1`])),
    /:1", an output that it does not have/,
  ],
  'a node without inputs': [
    changed(graph, (d) => set(node(d, 'MaxPool'), 'input', [])),
    /\("MaxPool"\) needs at least 1/,
  ],
  'two nodes of one name': [
    changed(graph, (d) => set(node(d, 'MaxPool'), 'name', node(d, 'Softmax').name)),
    /names of nodes must be unique/,
  ],
  'a signature that names no node': [
    changed(graph, (d) => set(Object.values(d.signature!.outputs!)[0]!, 'name', 'nothing:0')),
    /the model reads "nothing", which is not in the model/,
  ],
  'channels first': [
    changed(graph, (d) => set(node(d, 'MaxPool').attr!.data_format!, 's', btoa('NCHW'))),
    /\("MaxPool"\): data_format is "NCHW"; expected NHWC; convert/,
  ],
  'a stride of 0': [
    changed(graph, (d) => set(node(d, 'MaxPool').attr!.strides!.list!, 'i', ['1', '0', '2', '1'])),
    /\("MaxPool"\) does not fit its inputs: .* strides .* of at least 1/,
  ],
  'text that is not base64': [changed(graph, (d) => set(node(d, 'MaxPool').attr!.padding!, 's', '%%%')), /base64/],
  'a constant without values': [
    changed(graph, (d) => set(weightsOf(d)[0]!, 'name', 'elsewhere')),
    /\("Const"\) has no weight/,
  ],

  'unknown layers': [
    changed(layers, (d) => {
      set(layersOf(d)[3]!, 'class_name', 'LSTM');
      set(layersOf(d)[1]!.config!, 'activation', 'gelu');
    }),
    /not supported: layer "conv2d" \("Conv2D"\) with "gelu", layer "conv2d_1" \("LSTM"\)$/,
  ],
  'a model of an unknown class': [
    changed(layers, (d) => set(d.modelTopology!.model_config!, 'class_name', 'MyModel')),
    /class_name is "MyModel"; expected one of Sequential, Functional/,
  ],
  'no layers': [
    changed(layers, (d) => set(d.modelTopology!.model_config!.config!, 'layers', [])),
    /the model has no output/,
  ],
  'two layers of one name': [
    changed(layers, (d) => set(layersOf(d)[1]!.config!, 'name', 'max_pooling2d')),
    /"max_pooling2d" is taken; names of layers must be unique/,
  ],
  'layers with channels first': [
    changed(layers, (d) => set(layersOf(d)[2]!.config!, 'data_format', 'channels_first')),
    /"max_pooling2d".*channels_last/,
  ],
  'a reference to no layer': [
    changed(functional, (d) => set(layersOf(d)[1]!, 'inbound_nodes', [[['nobody', 0, 0, {}]]])),
    /layer "[^"]*" \("ZeroPadding2D"\) reads "nobody"/,
  ],
  'an input listed twice': [
    changed(functional, (d) => {
      set(d.modelTopology!.model_config!.config!, 'input_layers', [
        ['image', 0, 0],
        ['image', 0, 0],
      ]);
    }),
    /"image" is taken; names of inputs must be unique/,
  ],
  'a cycle of layers': [
    changed(functional, (d) => set(layersOf(d)[1]!, 'inbound_nodes', [[['activation', 0, 0, {}]]])),
    /cycle/,
  ],
};

describe('a damaged model is refused in one clear line', () => {
  for (const [name, [files, message]] of Object.entries(faults)) {
    test(name, async () => {
      const error = await loadModel(filesReader(files)).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ModelError);
      expect((error as ModelError).message).toMatch(message);
      expect((error as ModelError).message).not.toContain('\n');
      expect((error as ModelError).message.length).toBeLessThan(600);
    });
  }
});

test.each([
  ['a missing shard', { kind: 'missing-file', path: 'group1-shard2of4.bin' }],
  ['NaN weights', { kind: 'not-finite-weight', weight: 'batch_normalization/beta' }],
  ['deep nesting', { kind: 'too-large', limit: 'jsonDepth', count: 65, most: 64 }],
  ['unknown ops', { kind: 'unsupported', parts: expect.arrayContaining([expect.objectContaining({ op: 'ArgMax' })]) }],
  ['model.json is not JSON', undefined],
] as const)('what a program may tell in its own words is plain data: %s', async (name, fault) => {
  const [files] = faults[name] ?? [];
  const error = await loadModel(filesReader(files ?? new Map())).catch((caught: unknown) => caught);
  expect((error as ModelError).fault).toEqual(fault);
});

test('a missing file is told from a damaged one', async () => {
  await expect(loadModel(filesReader(new Map()))).rejects.toThrow(MissingFileError);
  const failing = async () => Promise.reject(new Error('the disk is gone'));
  await expect(loadModel(failing)).rejects.toThrow(/^cannot read "model\.json": the disk is gone$/);
  await expect(loadModel(failing)).rejects.toMatchObject({ fault: { kind: 'unreadable-file', path: 'model.json' } });
});

test('unsafe paths are refused before anything but the model file is read', async () => {
  const asked: string[] = [];
  const files = changed(layers, (d) => set(d.weightsManifest![0]!, 'paths', ['/etc/passwd']));
  await expect(loadModel(filesReader(files, asked))).rejects.toThrow(ModelError);
  expect(asked).toEqual(['model.json']);
});

test('sizes are checked before weight files are read', async () => {
  const asked: string[] = [];
  const files = changed(layers, (d) => set(weightsOf(d)[0]!, 'shape', [2 ** 40]));
  await expect(loadModel(filesReader(files, asked))).rejects.toThrow(/limits\.weightBytes/);
  expect(asked).toEqual(['model.json']);
});

test('allowNonFinite lets NaN weights pass', async () => {
  const model = await loadModel(filesReader(poisoned(layers, [0, 0, 0xc0, 0x7f], 14)), { allowNonFinite: true });
  expect(model.parameters).toBe(7222);
});

test('limits can be set', async () => {
  const load = (limits: object) => loadModel(filesReader(graph), { limits });
  await expect(load({ jsonBytes: 1000 })).rejects.toThrow(/limits\.jsonBytes/);
  await expect(load({ jsonDepth: 3 })).rejects.toThrow(/limits\.jsonDepth/);
  await expect(load({ nodes: 3 })).rejects.toThrow(/limits\.nodes/);
  await expect(load({ tensors: 3 })).rejects.toThrow(/limits\.tensors/);
  await expect(load({ rank: 3 })).rejects.toThrow(/limits\.rank/);
  await expect(load({ weightBytes: 1000 })).rejects.toThrow(/limits\.weightBytes/);
  await expect(load({ elements: 100 })).rejects.toThrow(/limits\.elements/);
});

test('a graph far deeper than the call stack is read', async () => {
  const deep = changed(graph, (d) => {
    const [last] = Object.values(d.signature!.outputs!) as Changeable[];
    for (let i = 0; i < 15_000; i++) {
      const input = i === 0 ? 'Identity' : `more/${i - 1}`;
      nodesOf(d).push({ name: `more/${i}`, op: 'Identity', input: [input] } as unknown as Changeable);
    }
    set(last!, 'name', 'more/14999:0');
  });
  expect((await loadModel(filesReader(deep))).ops.get('Identity')).toBe(15_001);
});

test('models nested to call each other twice end at the limit', async () => {
  const input = {
    class_name: 'InputLayer',
    name: 'x',
    config: { name: 'x', batch_input_shape: [null, 4] },
    inbound_nodes: [],
  };
  let inner: unknown = { class_name: 'Activation', name: 'inner', config: { name: 'inner', activation: 'relu' } };
  for (let depth = 0; depth < 15; depth++) {
    const layer = { ...(inner as object), inbound_nodes: [[['x', 0, 0, {}]], [['inner', 0, 0, {}]]] };
    const config = {
      name: 'inner',
      layers: [input, layer],
      input_layers: [['x', 0, 0]],
      output_layers: [['inner', 1, 0]],
    };
    inner = { class_name: 'Functional', name: 'inner', config };
  }
  const artifacts = { modelTopology: inner, weightSpecs: [], weightData: new ArrayBuffer(0) };
  await expect(loadModel(artifacts, { limits: { nodes: 1000 } })).rejects.toThrow(
    /calls of layers: 1001; the limit is 1000/,
  );
});

test('a damaged model in memory is refused like one on disk', async () => {
  const good = { modelTopology: { class_name: 'Sequential' }, weightSpecs: [], weightData: new ArrayBuffer(0) };
  const load = (artifacts: object) => loadModel({ ...good, ...artifacts });
  await expect(load({})).rejects.toThrow(ModelError);
  await expect(load({ modelTopology: undefined })).rejects.toThrow(/modelTopology is missing/);
  await expect(load({ weightSpecs: 3 })).rejects.toThrow(/weightSpecs is 3/);
  await expect(load({ weightSpecs: [{ name: 'a', shape: [Number.NaN], dtype: 'float32' }] })).rejects.toThrow(
    /NaN|null/,
  );
});
