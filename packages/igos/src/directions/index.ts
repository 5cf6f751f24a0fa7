import type { Direction } from './direction.ts';
import { integrated } from './integrated.ts';
import { plain } from './plain.ts';

export const directions = { integrated, plain } satisfies Record<string, Direction>;
export type DirectionName = keyof typeof directions;
