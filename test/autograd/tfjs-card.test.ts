import { input } from '@igos/autograd';
import { type LoadOptions, loadModel, ModelError } from '@igos/autograd/tfjs';
import { describe, expect, test } from 'vitest';
import { changed, filesReader, fixtureFiles } from '../support/tfjs-files.ts';

const digits = fixtureFiles('digits/graph-float32');
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const names = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const scaling = { channelOrder: 'grey', mean: 127, std: [64], resize: 'nearest' };

/** The digits fixture with metadata, a card file and further files. */
function load(parts: { metadata?: unknown; card?: unknown; files?: Record<string, unknown> }, options?: LoadOptions) {
  const files = changed(digits, (document) => Object.assign(document, { userDefinedMetadata: parts.metadata }));
  if (parts.card !== undefined) files.set('igos.json', bytes(parts.card));
  for (const [name, content] of Object.entries(parts.files ?? {})) files.set(name, bytes(content));
  return loadModel(filesReader(files), options);
}

describe('a model card', () => {
  test('is guessed where nothing says how pixels are scaled', async () => {
    const { card } = await load({});
    expect(card).toEqual({
      preprocessing: { channelOrder: 'grey', mean: [0], std: [255], resize: 'bilinear' },
      source: 'guess',
    });
  });

  test('guesses no scaling where the model scales pixels itself', async () => {
    const { card } = await loadModel(filesReader(fixtureFiles('mobile_keras3/layers-float32')));
    expect(card.preprocessing).toEqual({ channelOrder: 'rgb', mean: [0], std: [1], resize: 'bilinear' });
  });

  test('comes from metadata, then igos.json, then flags', async () => {
    const metadata = { name: 'Meta', labels: names, preprocessing: scaling };
    const fromMetadata = (await load({ metadata })).card;
    expect(fromMetadata).toMatchObject({ source: 'metadata', name: 'Meta', labels: names });
    expect(fromMetadata.preprocessing).toEqual({ channelOrder: 'grey', mean: [127], std: [64], resize: 'nearest' });

    const card = { name: 'File', preprocessing: { ...scaling, mean: [1] } };
    const fromFile = (await load({ metadata, card })).card;
    expect(fromFile).toMatchObject({ source: 'igos.json', name: 'File', labels: names, preprocessing: { mean: [1] } });

    const preprocessing = { channelOrder: 'grey', mean: [2], std: [1], resize: 'bicubic' } as const;
    const fromFlags = (await load({ metadata, card }, { card: { preprocessing } })).card;
    expect(fromFlags).toMatchObject({ source: 'flags', name: 'File', preprocessing: { mean: [2] } });
  });

  test('means pixels from 0 to 255 whatever range its figures are for', async () => {
    const preprocessing = { pixelRange: [0, 1], mean: 0.5, std: 0.25 };
    expect((await load({ metadata: { preprocessing } })).card.preprocessing).toMatchObject({
      mean: [127.5],
      std: [63.75],
    });
    const symmetric = { pixelRange: [-1, 1], mean: 0, std: 1 };
    expect((await load({ metadata: { preprocessing: symmetric } })).card.preprocessing).toMatchObject({
      mean: [127.5],
      std: [127.5],
    });
  });

  test('reads labels from a JSON list or lines of text', async () => {
    const json = await load({ metadata: { labels: 'labels.json' }, files: { 'labels.json': names } });
    expect(json.card.labels).toEqual(names);
    const lines = await load({ card: { labels: 'labels.txt' }, files: { 'labels.txt': `${names.join('\r\n')}\r\n` } });
    expect(lines.card.labels).toEqual(names);
  });

  test('takes the labels of a later source whole', async () => {
    const other = names.map((name) => `digit ${name}`);
    const files = { 'labels.json': names };
    const { card } = await load({ metadata: { labels: 'labels.json' }, card: { labels: other }, files });
    expect(card.labels).toEqual(other);
    expect(card.labelsFile).toBeUndefined();
  });

  test('leaves metadata of other programs alone', async () => {
    const { card } = await load({ metadata: { imageSize: 224, tfjsSpeechCommandsVersion: '0.4.0' } });
    expect(card.source).toBe('guess');
  });

  test('refuses what it cannot mean', async () => {
    const refused: [object, RegExp][] = [
      [{ card: { nmae: 'x' } }, /igos\.json: nmae is not known; known are name/],
      [{ card: { preprocessing: { ...scaling, crop: 1 } } }, /preprocessing\.crop is not known/],
      [{ card: '{' }, /igos\.json is not JSON/],
      [{ card: { preprocessing: { mean: 0 } } }, /std is missing/],
      [{ card: { preprocessing: { ...scaling, std: 0 } } }, /std is 0/],
      [{ card: { preprocessing: { ...scaling, mean: 'imagenet' } } }, /mean is "imagenet"/],
      [{ card: { preprocessing: { ...scaling, mean: [1, 2, 3] } } }, /3 values of mean or std for 1 channels/],
      [{ card: { preprocessing: { ...scaling, channelOrder: 'yuv' } } }, /one of rgb, bgr, grey/],
      [{ card: { preprocessing: { ...scaling, resize: 'constructor' } } }, /one of bicubic/],
      [{ card: { preprocessing: { ...scaling, centerCropFraction: 1.5 } } }, /fraction/],
      [{ card: { preprocessing: { ...scaling, inputShape: [14, 14] } } }, /rows, columns, channels/],
      [{ card: { preprocessing: { ...scaling, pixelRange: [1, 0] } } }, /lowest, highest/],
      [{ card: { labels: '../labels.txt' } }, /unsafe path/],
      [{ card: { labels: 'absent.txt' } }, /no file "absent\.txt"/],
      [{ card: { labels: ['a', 'b'] } }, /2 labels, the model 10 classes/],
      [{ card: { logitsNode: 'nobody' } }, /logits node "nobody"/],
      [{ metadata: { preprocessing: { mean: 0, std: 'one' } } }, /std is "one"/],
    ];
    for (const [parts, message] of refused) {
      const error = await load(parts).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ModelError);
      expect((error as Error).message).toMatch(message);
    }
  });
});

describe('logits', () => {
  const x = input('x', [1, 14, 14, 1]);

  test('are the input of the softmax, found through Identity', async () => {
    const model = await load({});
    const outputs = model.apply(x);
    const [output] = model.outputs;
    expect(outputs[output!.name]!.op).toBe('softmax');
    expect(outputs.logits).toBe(outputs[output!.name]!.inputs[0]);
    expect(model.logits(outputs, output!.name)).toBe(outputs.logits);
  });

  test('are those of a softmax that is fused into a layer', async () => {
    const model = await loadModel(filesReader(fixtureFiles('digits/layers-float32')));
    const outputs = model.apply(x);
    expect(outputs.logits).toBe(outputs.dense_1!.inputs[0]);
  });

  test('are the node that the card names', async () => {
    const node = 'StatefulPartitionedCall/digits/dense_1/BiasAdd';
    const model = await load({ card: { logitsNode: node } });
    const plain = await load({});
    expect(model.apply(x).logits!.shape).toEqual([1, 10]);
    expect(model.apply(x).logits!.op).toBe(plain.apply(x).logits!.op);
  });

  test('are the input of a softmax that the card names', async () => {
    const files = fixtureFiles('digits/layers-float32');
    const model = await loadModel(filesReader(files), { card: { logitsNode: 'dense_1' } });
    const outputs = model.apply(x);
    expect(outputs.logits).toBe(outputs.dense_1!.inputs[0]);
  });

  test('are absent where no softmax makes the output', async () => {
    const model = await load({ card: {} });
    const files = changed(digits, (document) => {
      const [output] = Object.values(document.signature!.outputs!);
      Object.assign(output!, { name: 'StatefulPartitionedCall/digits/dense_1/BiasAdd:0' });
    });
    const headless = await loadModel(filesReader(files));
    expect(model.apply(x)).toHaveProperty('logits');
    expect(headless.apply(x)).not.toHaveProperty('logits');
    expect(headless.logits(headless.apply(x), headless.outputs[0]!.name)).toBeUndefined();
  });
});

describe('apply', () => {
  test('takes any batch and refuses any other shape', async () => {
    const model = await load({});
    expect(model.apply(input('x', [5, 14, 14, 1])).output_0!.shape).toEqual([5, 10]);
    const forOne = changed(digits, (document) => {
      const [port] = Object.values(document.signature!.inputs!);
      Object.assign(port!.tensorShape!.dim![0]!, { size: '1' });
    });
    const free = await loadModel(filesReader(forOne));
    expect(free.apply(input('x', [5, 14, 14, 1])).output_0!.shape).toEqual([5, 10]);
    expect(() => model.apply(input('x', [1, 15, 14, 1]))).toThrow(/is \[\?, 14, 14, 1\], got \[1, 15, 14, 1\]/);
    expect(() => model.apply(input('x', [14, 14]))).toThrow(ModelError);
    expect(() => model.apply({})).toThrow(/input "conv2d_input" is missing/);
  });

  test('shares what two applications have in common', async () => {
    const model = await load({});
    const x = input('x', [1, 14, 14, 1]);
    expect(model.apply(x).output_0).toBe(model.apply(x).output_0);
  });

  test('is over once the model is disposed of', async () => {
    const model = await load({});
    model.dispose();
    expect(() => model.apply(input('x', [1, 14, 14, 1]))).toThrow(/disposed/);
  });
});
