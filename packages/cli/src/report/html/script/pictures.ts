/** Part of the page's script: keeps the canvases in step with the slider, the opacity and the colour range. */
export const picturesScript = `
/**
 * @typedef {object} Frame
 * @property {string} bytes base64, a byte for each cell
 * @property {number} low saliency of byte 0
 * @property {number} high saliency of byte 255
 * @property {string} lowText
 * @property {string} highText
 * @property {string} words the map in words
 * @property {string} position of the crosshair in the charts, in percent
 * @property {string} spoken for the slider
 * @property {string} score of what is left
 * @property {string[]} readout
 */

/** @typedef {{ rows: number, columns: number, colours: string, frames: Frame[] }} PageData */

/**
 * @param {PageData} data
 * @returns {Promise<(frame: Frame) => void>} shows a frame
 */
async function preparePictures(data) {
  const heat = canvas('heat-canvas');
  const photo = await pixelsOf(image('photo'), heat);
  const masked = document.getElementById('masked-canvas') instanceof HTMLCanvasElement ? canvas('masked-canvas') : null;
  const baseline = masked ? await pixelsOf(image('baseline'), heat) : null;
  const colours = decodeBytes(data.colours);
  const opacity = field('opacity');
  const stretch = document.getElementById('stretch') ? field('stretch') : null;
  /** @type {Frame | null} */
  let shown = null;
  /** Bytes of the shown frame for every pixel, 0..255. */
  let levels = new Float32Array(0);

  function draw() {
    if (!shown) return;
    const { low, high } = shown;
    const saliency = levels.map((level) => low + (level / 255) * (high - low));
    const stretched = !stretch || stretch.checked;
    const range = stretched ? levels.map((level) => level / 255) : saliency;
    paint(heat, (target) => paintHeat(target, photo, { heat: range, opacity: Number(opacity.value) / 100, colours }));
    if (masked && baseline) paint(masked, (target) => paintMasked(target, photo, { saliency, baseline }));
    setText('legend-low', stretched ? shown.lowText : '0');
    setText('legend-high', stretched ? shown.highText : '1');
  }

  opacity.addEventListener('input', () => {
    opacity.setAttribute('aria-valuetext', opacity.value + ' percent');
    draw();
  });
  stretch?.addEventListener('change', draw);

  return (frame) => {
    const grid = { rows: data.rows, columns: data.columns, values: decodeBytes(frame.bytes) };
    levels = upsample(grid, heat);
    shown = frame;
    heat.setAttribute('aria-label', 'Heatmap over the photo. ' + frame.words);
    setText('map-words', frame.words);
    draw();
  };
}

/**
 * @param {HTMLImageElement} picture
 * @param {{ width: number, height: number }} size
 * @returns {Promise<Uint8ClampedArray>} RGBA
 */
async function pixelsOf(picture, size) {
  await picture.decode();
  const sheet = document.createElement('canvas');
  sheet.width = size.width;
  sheet.height = size.height;
  const context = contextOf(sheet);
  context.drawImage(picture, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height).data;
}

/**
 * @param {HTMLCanvasElement} sheet
 * @param {(target: Uint8ClampedArray) => void} fill
 */
function paint(sheet, fill) {
  const context = contextOf(sheet);
  const pixels = context.createImageData(sheet.width, sheet.height);
  fill(pixels.data);
  context.putImageData(pixels, 0, 0);
}
`;
