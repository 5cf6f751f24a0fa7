/** A convolution as it stands in image networks: padding `same`, square filter. */
export interface KernelLayer {
  readonly kind: 'conv' | 'depthwise';
  /** Side of the filter. */
  readonly side: number;
  readonly stride: number;
  /** `[h, w, c]` */
  readonly input: readonly [number, number, number];
  /** Channels of the result. */
  readonly outputs: number;
}

function conv(side: number, [extent, from, outputs]: readonly [number, number, number]): KernelLayer {
  return { kind: 'conv', side, stride: 1, input: [extent, extent, from], outputs };
}

function depthwise(side: number, [extent, channels]: readonly [number, number], stride = 1): KernelLayer {
  return { kind: 'depthwise', side, stride, input: [extent, extent, channels], outputs: channels };
}

/** From MobileNets and EfficientNets, from wide and shallow to small and deep; two 3×3 as in residual networks. */
export const convolutions: readonly KernelLayer[] = [
  conv(1, [56, 64, 128]),
  conv(1, [28, 128, 256]),
  conv(1, [14, 512, 512]),
  conv(1, [7, 1024, 1024]),
  conv(1, [112, 16, 96]),
  conv(1, [112, 96, 24]),
  conv(3, [56, 64, 64]),
  conv(3, [28, 128, 128]),
];

export const depthwiseConvolutions: readonly KernelLayer[] = [
  depthwise(3, [112, 96]),
  depthwise(3, [112, 96], 2),
  depthwise(3, [28, 240]),
  depthwise(5, [14, 480]),
];

export function outputShape({ input: [h, w], stride, outputs }: KernelLayer): [number, number, number] {
  return [Math.ceil(h / stride), Math.ceil(w / stride), outputs];
}

/** `[rows, columns, in, out]`, or `[rows, columns, channels, 1]` of a depthwise one. */
export function filterShape({ kind, side, input: [, , channels], outputs }: KernelLayer): number[] {
  return [side, side, channels, kind === 'conv' ? outputs : 1];
}

/** Multiplications and additions, edges counted as if they were full. */
export function flopOf(layer: KernelLayer): number {
  return 2 * product(outputShape(layer)) * product(filterShape(layer).slice(0, layer.kind === 'conv' ? 3 : 2));
}

export function product(extents: readonly number[]): number {
  return extents.reduce((size, extent) => size * extent, 1);
}

/** `1×1, 56×56×64 → 128`, or `3×3 depthwise, stride 2, 112×112×96`. */
export function describeLayer({ kind, side, stride, input, outputs }: KernelLayer): string {
  const size = input.join('×');
  const step = stride > 1 ? `, stride ${stride}` : '';
  return kind === 'conv' ? `${side}×${side}${step}, ${size} → ${outputs}` : `${side}×${side} depthwise${step}, ${size}`;
}
