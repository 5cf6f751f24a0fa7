import type { Shape } from '../shape.ts';

type Pair = readonly [number, number];
/** Rows or columns of padding: top, bottom, left, right. */
export type Padding = readonly [number, number, number, number];
/** Which source coordinate an output pixel reads: torch's aligned corners, TF 2's half-pixel centres, TF 1's plain scaling. */
export type Coordinates = 'alignCorners' | 'halfPixel' | 'legacy';

export interface ConvolutionAttrs {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}
export interface WindowAttrs {
  readonly window: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
}
export type InputShapeAttr = { readonly inputShape: Shape };
export type FilterShapeAttr = { readonly filterShape: Shape };
export interface ResizeAttrs {
  readonly method: 'bilinear' | 'nearest';
  readonly coordinates: Coordinates;
  /** Rows and columns of the result. */
  readonly size: Pair;
}
type None = Readonly<Record<never, never>>;

/** Functions of one value, of two values, comparisons (which give `bool`) and the choice between two values. */
export type UnaryName = 'neg' | 'abs' | 'sign' | 'sqrt' | 'exp' | 'log' | 'tanh' | 'sigmoid';
export type BinaryName = 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'minimum' | 'maximum';
export type ComparisonName = 'less' | 'lessEqual' | 'greater' | 'greaterEqual' | 'equal' | 'notEqual';
export type ElementwiseName = UnaryName | BinaryName | ComparisonName | 'select';

/** Every primitive and its attributes: the key of each backend's kernel table. */
type PrimitiveAttrs = { readonly [N in ElementwiseName]: None } & {
  readonly broadcast: { readonly shape: Shape };
  readonly sum: { readonly axes: readonly number[] };
  readonly max: { readonly axes: readonly number[] };
  readonly matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  readonly conv2d: ConvolutionAttrs;
  readonly conv2dInputGrad: ConvolutionAttrs & InputShapeAttr;
  readonly conv2dFilterGrad: ConvolutionAttrs & FilterShapeAttr;
  readonly depthwiseConv2d: ConvolutionAttrs;
  readonly depthwiseConv2dInputGrad: ConvolutionAttrs & InputShapeAttr;
  readonly depthwiseConv2dFilterGrad: ConvolutionAttrs & FilterShapeAttr;
  readonly argPool: WindowAttrs;
  readonly poolGather: WindowAttrs;
  readonly poolScatter: WindowAttrs & InputShapeAttr;
  readonly resize: ResizeAttrs;
  /** `inputSize` has the rows and columns of the tensor that was resized, which is the result here. */
  readonly resizeTranspose: Omit<ResizeAttrs, 'size'> & { readonly inputSize: Pair };
  readonly slice: { readonly begin: Shape; readonly size: Shape; readonly strides: Shape };
  readonly dilatePad: { readonly low: Shape; readonly high: Shape; readonly interior: Shape };
  readonly gather: { readonly axis: number; readonly indices: readonly number[] };
  readonly scatterAdd: { readonly axis: number; readonly indices: readonly number[]; readonly size: number };
  readonly randomNormal: { readonly shape: Shape; readonly deviation: number };
  readonly reshape: { readonly shape: Shape };
  readonly transpose: { readonly perm: readonly number[] };
  readonly concat: { readonly axis: number };
  readonly stopGradient: None;
};
export type PrimitiveName = keyof PrimitiveAttrs;
export type AttrsOf<N extends PrimitiveName> = PrimitiveAttrs[N];
