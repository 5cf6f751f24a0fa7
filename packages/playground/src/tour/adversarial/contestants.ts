import { computed } from '@preact/signals';
import { defaultSettings, type NamedSettings } from 'igos/named';
import { opened } from '../../engine/client.ts';
import { settings, state } from '../../state/page-state.ts';

/** L1, TV, noise and a coarse mask, whatever the reader set them to elsewhere: here they are what is compared. */
export const guarded = computed((): NamedSettings => {
  const { l1: _l1, tv: _tv, maskSize: _size, ...rest } = settings.value;
  return { ...rest, method: 'igos', noise: defaultSettings.noise };
});

/** Without those of them that are switched off. */
export const bare = computed((): NamedSettings => {
  const [height = 1, width = 1] = opened.value.phase === 'ready' ? opened.value.view.inputShape : [];
  return {
    ...guarded.value,
    ...(!state['bare-l1'].value && { l1: 0 }),
    ...(!state['bare-tv'].value && { tv: 0 }),
    ...(!state['bare-noise'].value && { noise: 0 }),
    ...(state['bare-full'].value && { maskSize: [height, width] as const }),
  };
});
