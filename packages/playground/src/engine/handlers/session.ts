import { Session } from '../session.ts';

/** The one session of the worker. */
export const session = new Session();
