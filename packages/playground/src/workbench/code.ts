import { computed } from '@preact/signals';
import { state } from '../state/page-state.ts';
import { examples } from './examples.ts';

/** The code as it stands: the reader's, else that of the example. */
export const code = computed(() => state.code.value || examples[state.example.value]);

/** Puts the text in its place. Nothing stands for the example in a link. */
export function setCode(text: string): void {
  state.code.value = text === examples[state.example.peek()] ? '' : text || '\n';
}
