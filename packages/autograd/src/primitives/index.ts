import type { PrimitiveName } from './attributes.ts';
import { broadcastPrimitives } from './broadcast.ts';
import { convolutionPrimitives } from './convolution.ts';
import type { PrimitiveDefinition } from './define.ts';
import { elementwisePrimitives } from './elementwise.ts';
import { matmulPrimitives } from './matmul.ts';
import { poolingPrimitives } from './pooling.ts';
import { randomPrimitives } from './random.ts';
import { reduceMaxPrimitives } from './reduce-max.ts';
import { resizePrimitives } from './resize.ts';
import { structurePrimitives } from './structure.ts';

/** Every primitive by its name. A missing one is a type error, here and in each backend's kernel table. */
export const primitives = {
  ...elementwisePrimitives,
  ...broadcastPrimitives,
  ...reduceMaxPrimitives,
  ...matmulPrimitives,
  ...convolutionPrimitives,
  ...poolingPrimitives,
  ...resizePrimitives,
  ...randomPrimitives,
  ...structurePrimitives,
} satisfies Readonly<Record<PrimitiveName, { readonly definition: PrimitiveDefinition }>>;
