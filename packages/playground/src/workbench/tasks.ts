import { check } from './check.ts';
import { compare } from './compare.ts';

/** What can be done with a reader's code. */
export const tasks = { check, compare };

export type TaskName = keyof typeof tasks;
export type AnswerOf<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>;
