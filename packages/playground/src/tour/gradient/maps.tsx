import { useComputed } from '@preact/signals';
import { drawHeat, drawSigned, largestSize } from '../../draw/maps.ts';
import { Switch } from '../../parts/controls.tsx';
import { Picture } from '../../parts/picture.tsx';
import { baselineInUse, state } from '../../state/page-state.ts';
import { figure, inLanguage, percent } from '../../words/language.ts';
import { words as baselineWords } from '../baseline/words.ts';
import type { Gradients } from './use-gradients.ts';
import { words } from './words.ts';

/** What the network sees at the share that is shown, and the gradient there by pixels and by cells. */
export function GradientMaps({ gradients: { masked, pixels, cells, curve } }: { readonly gradients: Gradients }) {
  const w = inLanguage(words);
  const baseline = inLanguage(baselineWords).names[baselineInUse.value];
  const largestOfAll = useComputed(() => ({
    pixels: largestSize(curve.value.map((view) => view.largestOfPixels)),
    cells: largestSize(curve.value.map((view) => view.largest)),
  }));
  const byPixels = useComputed(() => {
    const map = pixels.value.answer?.map;
    if (!map) return undefined;
    const largest = largestSize(map.data);
    const scale = state['one-scale'].value ? Math.max(largest, largestOfAll.value.pixels) : largest;
    return { largest, image: drawHeat(map, scale) };
  });
  const byCells = useComputed(() => {
    const { answer } = cells.value;
    if (!answer) return undefined;
    const largest = largestSize(answer.gradient);
    const scale = state['one-scale'].value ? Math.max(largest, largestOfAll.value.cells) : largest;
    return { largest, image: drawSigned({ data: answer.gradient, shape: answer.size }, scale) };
  });
  const pixelText = figure(byPixels.value?.largest ?? 0, 2);
  const cellText = figure(byCells.value?.largest ?? 0, 2);
  return (
    <section>
      <div class="maps" aria-busy={masked.value.busy}>
        <Picture
          image={masked.value.answer?.pixels}
          text={w.mixed(percent(state.mix.value, 0), baseline)}
          caption={w.mixedCaption}
        />
        <Picture image={byPixels.value?.image} text={w.pixelMap(pixelText)} caption={w.pixelCaption(pixelText)} />
        <Picture image={byCells.value?.image} text={w.cellMap(cellText)} caption={w.cellCaption(cellText)} />
      </div>
      <p>
        <small>{w.key}</small>
      </p>
      <Switch label={w.oneScale} value={state['one-scale']} />
    </section>
  );
}
