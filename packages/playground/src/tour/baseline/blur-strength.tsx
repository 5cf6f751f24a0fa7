import { batch } from '@preact/signals';
import { defaultBlur } from 'igos';
import { blurOfWidth, widestBlur } from '../../engine/blur-width.ts';
import { opened } from '../../engine/client.ts';
import type { BaselineView, BlurView } from '../../engine/handlers/masks.ts';
import { Chart } from '../../parts/chart.tsx';
import { Slider } from '../../parts/controls.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Picture } from '../../parts/picture.tsx';
import { state } from '../../state/page-state.ts';
import { count, inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

/** The blur in pixels; as usual unless it was set. Its standard deviation goes with it. */
function blurWidth(size: readonly [height: number, width: number]): { value: number } {
  const usual = defaultBlur(...size).size;
  return {
    get value() {
      return state['blur-size'].value ?? usual;
    },
    set value(width) {
      const { blurSize, blurSigma } = blurOfWidth(width, size);
      batch(() => {
        state['blur-size'].value = width === usual ? undefined : blurSize;
        state['blur-sigma'].value = width === usual ? undefined : blurSigma;
      });
    },
  };
}

/** How strong a blur has to be before the score falls. */
export function BlurStrength({
  view,
  curve,
}: {
  readonly view: BaselineView | undefined;
  readonly curve: readonly BlurView[];
}) {
  const w = inLanguage(words);
  const { value } = opened;
  const [height = 28, width = 28] = value.phase === 'ready' ? value.view.inputShape : [];
  const size = [height, width] as const;
  const blur = blurWidth(size);
  const widest = widestBlur(size);
  const target = value.phase === 'ready' ? value.view.target : '';
  return (
    <section>
      <h2>{w.blur}</h2>
      <div class="columns">
        <div class="stack blurred">
          <Slider
            label={w.width}
            hint={w.usual(count(defaultBlur(height, width).size))}
            value={blur}
            min={1}
            max={widest}
            step={2}
            format={(pixels) => w.pixels(count(pixels))}
          />
          <Meter label={w.scoreOf(target)} value={view?.score} text={percent(view?.score ?? 0)} />
          <Picture image={view?.pixels} text={w.blurred(count(blur.value))} />
        </div>
        <Chart
          title={w.curve}
          x={{ label: w.widthAxis, range: [1, widest], format: count }}
          y={{ label: w.score, range: [0, 1], format: (score) => percent(score, 0) }}
          series={[{ name: w.score, points: curve.map((blurred) => [blurred.size, blurred.score]), colour: 1 }]}
          cursor={Math.min(widest, blur.value)}
        />
      </div>
    </section>
  );
}
