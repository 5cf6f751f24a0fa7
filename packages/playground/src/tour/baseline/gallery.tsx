import type { ReadonlySignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { UsedBaseline } from '../../engine/baseline-key.ts';
import { opened } from '../../engine/client.ts';
import type { BaselineView } from '../../engine/handlers/masks.ts';
import { Picture } from '../../parts/picture.tsx';
import { baselineInUse, state } from '../../state/page-state.ts';
import { inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

/** More than this share of the picture's score, and the baseline still shows the class. */
const usable = 0.5;

/** The picture and its baselines, each with what it leaves of the score; one of them is chosen for all that follows. */
export function Gallery({
  names,
  views,
  score,
}: {
  readonly names: readonly UsedBaseline[];
  readonly views: ReadonlySignal<ReadonlyMap<UsedBaseline, BaselineView>>;
  /** Of the picture itself. */
  readonly score: number | undefined;
}) {
  const w = inLanguage(words);
  const id = useId();
  const view = opened.value.phase === 'ready' ? opened.value.view : undefined;
  return (
    <fieldset class="baselines">
      <legend>{w.choose}</legend>
      <div class="baseline">
        <Picture image={view?.pixels} text={w.itselfLooks} />
        <p class="name">{w.itself}</p>
        <p class="left">{score === undefined ? '–' : percent(score)}</p>
      </div>
      {names.map((name) => {
        const left = views.value.get(name);
        const chosen = baselineInUse.value === name;
        const keeps = left && score !== undefined && left.score > usable * score;
        return (
          <div class="baseline" key={name} data-chosen={chosen ? '' : undefined}>
            <Picture image={left?.pixels} text={w.looks[name]} />
            <label class="option">
              <input
                type="radio"
                name={id}
                checked={chosen}
                aria-describedby={`${id}-${name}`}
                onChange={() => {
                  state.baseline.value = name;
                }}
              />
              <span>{w.names[name]}</span>
            </label>
            <p class="left" id={`${id}-${name}`}>
              {left ? percent(left.score) : '–'}{' '}
              {keeps !== undefined && <small data-keeps={keeps}>{keeps ? w.keeps : w.takes}</small>}
            </p>
          </div>
        );
      })}
      <small class="kinds">{w.kinds}</small>
    </fieldset>
  );
}
