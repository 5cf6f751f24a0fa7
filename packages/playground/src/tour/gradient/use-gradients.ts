import { type ReadonlySignal, useComputed } from '@preact/signals';
import { maskSizeInUse } from '../../engine/mask-size.ts';
import { type Asking, useEngine } from '../../engine/use-engine.ts';
import { baselineInUse, settings, state } from '../../state/page-state.ts';

/** Shares of the picture at which the curve is known. */
const shares = Array.from({ length: 21 }, (_, i) => i / 20);

/** All that is asked about the picture and the share of it that is shown. */
export function useGradients() {
  const asked = useComputed(() => ({ baseline: baselineInUse.value, settings: settings.value }));
  const atShare = useComputed(() => {
    const size = maskSizeInUse.value;
    if (!size) return undefined;
    return { ...asked.value, size, mask: new Float64Array(size[0] * size[1]).fill(state.mix.value) };
  });
  const masked = useEngine('masked', () => atShare.value);
  const cells = useEngine('maskGradient', () => atShare.value);
  const pixels = useEngine('imageGradient', () => atShare.value);
  const mixtures = useEngine('mixtures', () => ({ ...asked.value, fractions: shares }));
  const curve = useComputed(() => {
    const { updates, answer = [] } = mixtures.value;
    return updates.length > 0 ? updates : answer;
  });
  const all: readonly ReadonlySignal<Asking>[] = [masked, cells, pixels, mixtures];
  return { masked, cells, pixels, curve, asked: all };
}

export type Gradients = ReturnType<typeof useGradients>;
