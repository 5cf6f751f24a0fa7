import type { RgbImage } from 'igos/pictures';

/** Fills a canvas with the picture, one canvas pixel a picture pixel. Gives whether the browser had memory for it. */
export function paint(canvas: HTMLCanvasElement | OffscreenCanvas, { width, height, data }: RgbImage): boolean {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!context) return false;
  const pixels = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) pixels.data[4 * i + c] = data[3 * i + c] ?? 0;
    pixels.data[4 * i + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
  return true;
}
