import { signal } from '@preact/signals';
import type { StartMask } from 'igos';

/** A start mask that a reader brought, and the name of its file, untrusted. */
export interface OwnMask extends StartMask {
  readonly name: string;
}

/** Files that a reader brought for a run. They cannot be in a link, so they live as long as the page. */
export const ownMask = signal<OwnMask | undefined>(undefined);
export const ownBaseline = signal<File | undefined>(undefined);
