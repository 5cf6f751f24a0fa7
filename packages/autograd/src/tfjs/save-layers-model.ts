import { type ArrayInput, toHostArray } from '../host-array.ts';
import { sizeOf } from '../shape.ts';

/** A layer as the file has it: Keras' class name, its options in Keras' spelling, its weights by their Keras names. */
export interface SavedLayer {
  readonly name: string;
  /** For instance `Conv2D`. */
  readonly className: string;
  /** For instance `{ filters: 8, kernel_size: [3, 3], activation: 'relu' }`; Keras' defaults where left out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** For instance `{ kernel, bias }`, filters `[h, w, input channels, filters]`. */
  readonly weights?: Readonly<Record<string, ArrayInput>>;
}

export interface SavedModel {
  readonly name: string;
  /** Without the batch: rows, columns, channels. */
  readonly inputShape: readonly number[];
  readonly layers: readonly SavedLayer[];
  /** The model card, stored as `userDefinedMetadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

const weightFile = 'group1-shard1of1.bin';

/**
 * Writes a Sequential model in TensorFlow.js' layers format, weights as float32. TensorFlow.js, Keras' converter and
 * `loadModel` read it.
 *
 * @returns the files by name
 */
export function saveLayersModel(model: SavedModel): ReadonlyMap<string, Uint8Array> {
  const weights = model.layers.flatMap(({ name, weights = {} }) =>
    Object.entries(weights).map(([variable, value]) => ({ name: `${name}/${variable}`, ...toHostArray(value) })),
  );
  const document = {
    format: 'layers-model',
    generatedBy: '@igos/autograd',
    convertedBy: null,
    ...(model.metadata ? { userDefinedMetadata: model.metadata } : {}),
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: {
        class_name: 'Sequential',
        config: { name: model.name, layers: model.layers.map(topology(model)) },
      },
    },
    weightsManifest: [
      { paths: [weightFile], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) },
    ],
  };
  const data = new DataView(new ArrayBuffer(4 * weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)));
  let offset = 0;
  for (const { data: values } of weights) {
    for (const value of values) {
      data.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return new Map([
    ['model.json', new TextEncoder().encode(`${JSON.stringify(document)}\n`)],
    [weightFile, new Uint8Array(data.buffer)],
  ]);
}

/** The first layer carries the input shape. */
function topology({ inputShape }: SavedModel) {
  return ({ name, className, config = {} }: SavedLayer, index: number) => {
    const input = index === 0 ? { batch_input_shape: [null, ...inputShape] } : {};
    return { class_name: className, config: { name, trainable: true, dtype: 'float32', ...input, ...config } };
  };
}
