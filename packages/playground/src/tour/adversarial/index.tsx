import { batch } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { drawHeat } from '../../draw/maps.ts';
import { type Judged, useJudged } from '../../engine/use-judged.ts';
import { Switch } from '../../parts/controls.tsx';
import { Judging } from '../../parts/judging.tsx';
import { Picture } from '../../parts/picture.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { baselineInUse, settings, state } from '../../state/page-state.ts';
import { inLanguage } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { Comparison } from './comparison.tsx';
import { bare, guarded } from './contestants.ts';
import { words } from './words.ts';

function Figure() {
  const w = inLanguage(words);
  // two requests, so that a switch runs only the second again
  const first = useJudged(() => ({ baseline: baselineInUse.value, contestants: [guarded.value] }));
  const second = useJudged(() => ({ baseline: baselineInUse.value, contestants: [bare.value] }));
  const showEspresso = () =>
    batch(() => {
      state.model.value = 'efficientnet-lite0';
      state.picture.value = 'espresso';
      state.target.value = '';
    });
  return (
    <>
      <SubjectChooser />
      <div class="row">
        <fieldset class="row">
          <legend>{w.second}</legend>
          <Switch label={w.l1} value={state['bare-l1']} />
          <Switch label={w.tv} value={state['bare-tv']} />
          <Switch label={w.noise} value={state['bare-noise']} />
          <Switch label={w.full} value={state['bare-full']} />
        </fieldset>
        <button type="button" class="quiet" onClick={showEspresso}>
          {w.showEspresso}
        </button>
      </div>
      <div class="columns duel">
        <Masked name={w.guarded} judged={first} />
        <Masked name={w.bare} judged={second} />
      </div>
      <Comparison guarded={first.runs[0]} bare={second.runs[0]} />
    </>
  );
}

/** What a run marks, and what it leaves of the picture. */
function Masked({ name, judged }: { readonly name: string; readonly judged: Judged }) {
  const w = inLanguage(words);
  const [run] = judged.runs;
  const heat = useMemo(() => run && drawHeat(run.result.saliency, 1), [run]);
  return (
    <section>
      <h2>
        {name} {run && <small>{w.cells(run.size)}</small>}
      </h2>
      <Judging {...{ judged, names: [name], iterations: settings.value.iterations }} />
      <div class="pair">
        <Picture image={heat} text={w.heatText(name)} caption={w.heat} />
        <Picture image={run?.pictures.masked} text={w.maskedText(name)} caption={w.masked} />
      </div>
    </section>
  );
}

export const adversarial: Chapter = {
  slug: 'adversarial',
  title: { en: 'Adversarial masks', zh: '对抗掩码' },
  Figure,
  words,
};
