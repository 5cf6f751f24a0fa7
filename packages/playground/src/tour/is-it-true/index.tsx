import { type MethodName, methods } from 'igos/named';
import { useJudged } from '../../engine/use-judged.ts';
import { Judging } from '../../parts/judging.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { baselineInUse, settings, state } from '../../state/page-state.ts';
import { inLanguage } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { Areas } from './areas.tsx';
import { Contestant } from './contestant.tsx';
import { PlayerControls, usePlayer } from './player.tsx';
import { words } from './words.ts';
import './style.css';

const methodNames = Object.keys(methods) as MethodName[];

/** The quick ones first, so that there is something to see. */
const inTurn = methodNames.toReversed();

const lastStep = 50;

function Figure() {
  const w = inLanguage(words);
  const judged = useJudged(() => ({
    baseline: baselineInUse.value,
    contestants: inTurn.map((method) => ({ ...settings.value, method })),
  }));
  const player = usePlayer(state.replaced, lastStep);
  const entries = methodNames.map((method) => ({ name: w.methods[method], run: judged.runs[inTurn.indexOf(method)] }));
  return (
    <>
      <SubjectChooser />
      <PlayerControls player={player} last={lastStep} />
      <Judging
        judged={judged}
        names={inTurn.map((method) => w.methods[method])}
        iterations={settings.value.iterations}
      />
      <div class="contestants">
        {entries.map(({ name, run }) => (
          <Contestant key={name} {...{ name, run, step: player.shown.value }} />
        ))}
      </div>
      <Areas entries={entries} mask={judged.runs[inTurn.indexOf('igos')]?.result.mask} />
    </>
  );
}

export const isItTrue: Chapter = {
  slug: 'is-it-true',
  title: { en: 'Is it true?', zh: '真的如此吗？' },
  Figure,
  words,
};
