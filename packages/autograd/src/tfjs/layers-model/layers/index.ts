import type { LayerBuilder } from '../layer-call.ts';
import { activationLayers } from './activation.ts';
import { convolutionLayers } from './convolution.ts';
import { layoutLayers } from './layout.ts';
import { mergeLayers } from './merge.ts';
import { normalizationLayers } from './normalization.ts';
import { poolingLayers } from './pooling.ts';

/** How each layer class is built, by its name. To read one more, add a line to the table of its family. */
export const layerBuilders: ReadonlyMap<string, LayerBuilder> = new Map(
  Object.entries({
    ...convolutionLayers,
    ...activationLayers,
    ...poolingLayers,
    ...mergeLayers,
    ...normalizationLayers,
    ...layoutLayers,
  }),
);
