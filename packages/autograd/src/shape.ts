/** Sizes of a tensor's axes, outermost first. `[]` is a scalar. */
export type Shape = readonly number[];

/** A tensor with the wrong shape, dtype or attribute; the message names the op, what it needs and what came. */
export class ShapeError extends Error {
  override name = 'ShapeError';
}

/** Number of elements of a shape; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** Row-major element strides: `[2, 3, 4]` -> `[12, 4, 1]`. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

export function showShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((extent) => extent ?? '?').join(', ')}]`;
}

/** Turns a negative axis into its positive twin; throws for an axis the shape does not have. */
export function resolveAxis(op: string, axis: number, rank: number): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(resolved) || resolved < 0 || resolved >= rank) {
    throw new ShapeError(`${op} needs an axis from ${-rank} to ${rank - 1}, got ${axis}`);
  }
  return resolved;
}

/** Sorted, positive, unique axes; all of them when none are given. */
export function resolveAxes(op: string, axes: number | readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === 'number' ? [axes] : axes;
  return [...new Set(list.map((axis) => resolveAxis(op, axis, rank)))].sort((a, b) => a - b);
}

/** The common shape under numpy's broadcasting rules. */
export function broadcastShape(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new ShapeError(`${op} cannot broadcast ${showShape(a)} with ${showShape(b)}`);
    }
    return x === 1 ? y : x;
  });
}

/** Throws unless every extent is a non-negative integer and the number of elements stays a safe integer. */
export function checkShape(op: string, shape: Shape): void {
  if (!shape.every((extent) => Number.isInteger(extent) && extent >= 0) || !Number.isSafeInteger(sizeOf(shape))) {
    throw new ShapeError(`${op} needs a shape of non-negative integers, got ${showShape(shape)}`);
  }
}

/** Throws unless a tensor has the shape that an op needs of it; `what` says so, as in `dense needs a bias`. */
export function checkSameShape(what: string, got: Shape, needed: Shape): void {
  if (!sameShape(got, needed)) throw new ShapeError(`${what} of shape ${showShape(needed)}, got ${showShape(got)}`);
}
