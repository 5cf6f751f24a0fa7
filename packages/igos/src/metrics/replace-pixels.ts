import type { HostArray } from '@igos/autograd';

/** Pixels of an image `[h, w, c]` give way to those of another, from one place in an order of pixels to before another place. */
export function replacePixels(
  data: HostArray['data'],
  { data: others, shape }: HostArray,
  { order, from = 0, until }: { readonly order: Uint32Array; readonly from?: number; readonly until: number },
): void {
  const channels = shape[2]!;
  for (let place = from; place < until; place++) {
    const first = order[place]! * channels;
    for (let i = first; i < first + channels; i++) data[i] = others[i]!;
  }
}
