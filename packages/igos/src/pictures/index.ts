/** Photos in, pictures of saliency out: the same bytes in Node and in a page. Decoding and encoding of files is not here. */
export { colourTable } from './colormap.ts';
export { type CropKind, cropKinds, cropRectangle } from './crop.ts';
export { extent } from './extent.ts';
export { drawOverlay, drawSaliency, stretchSaliency } from './heatmap.ts';
export { type InputScale, inputScales, parseInputScale } from './input-scale.ts';
export { arrayUnits, type InputUnits, pixelUnits } from './input-units.ts';
export {
  type ChannelOrder,
  type InputEncoding,
  inputToPixels,
  pixelsToInput,
  stretchedEncoding,
} from './model-input.ts';
export { decodeNpy, encodeNpy, NpyError, type NpyFault, NpyNotFiniteError } from './npy.ts';
export { type ResizeFilter, resampleWeights, resizeFilters } from './resample-weights.ts';
export { cropImage, resize } from './resize.ts';
export type { Rectangle, RgbImage } from './rgb-image.ts';
