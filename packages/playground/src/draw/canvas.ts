import type { RgbImage } from 'igos/pictures';

/** Fills a canvas with the picture, one canvas pixel a picture pixel. */
export function paint(canvas: HTMLCanvasElement, { width, height, data }: RgbImage): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const pixels = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) pixels.data[4 * i + c] = data[3 * i + c] ?? 0;
    pixels.data[4 * i + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
}
