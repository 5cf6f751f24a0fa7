import { drawHeat, drawSigned } from '../../draw/maps.ts';
import { Switch } from '../../parts/controls.tsx';
import { Picture } from '../../parts/picture.tsx';
import { state } from '../../state/page-state.ts';
import { figure, inLanguage } from '../../words/language.ts';
import type { Gradients } from './use-gradients.ts';
import { words } from './words.ts';

/** The gradient by pixels and by cells, at the share that is shown. */
export function GradientMaps({ gradients }: { readonly gradients: Gradients }) {
  const w = inLanguage(words);
  const { curve } = gradients;
  const cells = gradients.cells.value.answer;
  const pixels = gradients.pixels.value.answer;
  const oneScale = state['one-scale'].value;
  const largest = {
    cells: largestSize(cells?.gradient ?? []),
    pixels: largestSize(pixels?.map.data ?? []),
    cellsOfAll: curve.value.reduce((most, view) => Math.max(most, view.largest), 0),
    pixelsOfAll: curve.value.reduce((most, view) => Math.max(most, view.largestOfPixels), 0),
  };
  const cellText = figure(largest.cells, 2);
  const pixelText = figure(largest.pixels, 2);
  return (
    <section>
      <div class="maps">
        <Picture
          image={pixels && drawHeat(pixels.map, oneScale ? largest.pixelsOfAll : largest.pixels)}
          text={w.pixelMap(pixelText)}
          caption={w.pixelCaption(pixelText)}
        />
        <Picture
          image={
            cells &&
            drawSigned(
              { data: cells.gradient, shape: cells.size },
              oneScale ? Math.max(largest.cells, largest.cellsOfAll) : largest.cells,
            )
          }
          text={w.cellMap(cellText)}
          caption={w.cellCaption(cellText)}
        />
      </div>
      <p>
        <small>{w.key}</small>
      </p>
      <Switch label={w.oneScale} value={state['one-scale']} />
    </section>
  );
}

function largestSize(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
