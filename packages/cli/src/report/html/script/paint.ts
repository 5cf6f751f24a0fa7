/** Part of the page's script: pixels of the two canvases. All arrays hold RGBA bytes, row by row. */
export const paintScript = `
/**
 * Lays the colours of the heat over the photo: opacity * h^0.8 of the colour, the rest of the photo.
 * @param {Uint8ClampedArray} target
 * @param {Uint8ClampedArray} photo
 * @param {{ heat: Float32Array, opacity: number, colours: Uint8Array }} layer heat in 0..1 a pixel, 256 RGB colours
 */
function paintHeat(target, photo, layer) {
  const alphas = Float32Array.from({ length: 256 }, (_, i) => layer.opacity * Math.pow(i / 255, 0.8));
  for (let i = 0, p = 0; i < layer.heat.length; i++, p += 4) {
    const entry = Math.round(255 * Math.min(1, Math.max(0, layer.heat[i])));
    const alpha = alphas[entry];
    for (let c = 0; c < 3; c++) {
      target[p + c] = (1 - alpha) * photo[p + c] + alpha * layer.colours[3 * entry + c];
    }
    target[p + 3] = 255;
  }
}

/**
 * What the network sees: keep of the photo and 1 - keep of the baseline.
 * @param {Uint8ClampedArray} target
 * @param {Uint8ClampedArray} photo
 * @param {{ saliency: Float32Array, baseline: Uint8ClampedArray }} layer saliency = 1 - keep, in 0..1 a pixel
 */
function paintMasked(target, photo, layer) {
  for (let i = 0, p = 0; i < layer.saliency.length; i++, p += 4) {
    const replaced = layer.saliency[i];
    for (let c = 0; c < 3; c++) {
      target[p + c] = (1 - replaced) * photo[p + c] + replaced * layer.baseline[p + c];
    }
    target[p + 3] = 255;
  }
}
`;
