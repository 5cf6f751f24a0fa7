/** Reads and writes TensorFlow.js models. */
export type { ModelCard, Preprocessing } from './card.ts';
export { defaultLimits, type ModelLimits } from './limits.ts';
export { type LoadOptions, loadModel, type ModelArtifacts } from './load-model.ts';
export type { Model } from './model.ts';
export { ModelError, type ModelFault, NotFiniteWeightError, type UnsupportedPart } from './model-error.ts';
export type { Port } from './network.ts';
export { MissingFileError, type ReadFile } from './read-file.ts';
export { checkPath } from './safe-path.ts';
export { type SavedLayer, type SavedModel, saveLayersModel } from './save-layers-model.ts';
