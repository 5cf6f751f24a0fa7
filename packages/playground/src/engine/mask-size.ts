import { computed } from '@preact/signals';
import { defaultMaskSize, type MaskSize } from 'igos';
import { settings } from '../state/page-state.ts';
import { opened } from './client.ts';

/** Rows and columns of the mask for the picture that is open; undefined while none is, or where the mask does not fit it. */
export const maskSizeInUse = computed((): MaskSize | undefined => {
  if (opened.value.phase !== 'ready') return undefined;
  const [height = 0, width = 0] = opened.value.view.inputShape;
  const [rows, columns] = settings.value.maskSize ?? defaultMaskSize(height, width);
  return rows <= height && columns <= width ? [rows, columns] : undefined;
});
