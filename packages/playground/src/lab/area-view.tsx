import type { AreaPart } from '../engine/handlers/area.ts';
import { useEngine } from '../engine/use-engine.ts';
import { Slider } from '../parts/controls.tsx';
import { EngineStatus } from '../parts/engine-status.tsx';
import { Picture } from '../parts/picture.tsx';
import { state } from '../state/page-state.ts';
import { inLanguage, percent } from '../words/language.ts';
import { numberText } from './numbers.ts';
import { latest } from './run-store.ts';
import { words } from './words.ts';

/** Steps of deletion and insertion. */
const lastStep = 50;

/** The share that the slider of the area is at. */
export function shareInUse(): number {
  return state.replaced.value / lastStep;
}

function shareText(step: number): string {
  return percent(step / lastStep, 0);
}

/** How far a share of the pixels carries the score: the most salient alone, and the picture without them. */
export function AreaView({ isShare }: { /** Whether scores are probabilities. */ readonly isShare: boolean }) {
  const w = inLanguage(words);
  const asked = useEngine('area', () => latest.value && { id: latest.value.id, step: state.replaced.value });
  const { answer } = asked.value;
  const scoreOf = ({ score, probability }: AreaPart) => {
    const text = numberText('after', score, isShare);
    return isShare ? text : w.areaLogit(text, percent(probability));
  };
  const caption = (part: 'kept' | 'removed') => answer && w.area[part](shareText(answer.step), scoreOf(answer[part]));
  return (
    <section class="area" aria-busy={asked.value.busy}>
      <h3>{w.areaTitle}</h3>
      <p>{w.areaIntro}</p>
      <Slider {...{ label: w.areaShare, value: state.replaced, min: 0, max: lastStep, step: 1 }} format={shareText} />
      <div class="columns">
        {(['kept', 'removed'] as const).map((part) => (
          <Picture
            key={part}
            image={answer?.[part].pixels}
            text={caption(part) ?? '–'}
            caption={caption(part) ?? '–'}
          />
        ))}
      </div>
      <EngineStatus asked={[asked]} />
    </section>
  );
}
