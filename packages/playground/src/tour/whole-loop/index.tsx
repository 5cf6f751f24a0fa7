import { useComputed } from '@preact/signals';
import { drawHeat, drawMask } from '../../draw/maps.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { igosRequest } from '../../engine/use-igos-run.ts';
import { Picture } from '../../parts/picture.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { state } from '../../state/page-state.ts';
import { inLanguage, percent } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { Algorithm } from './algorithm.tsx';
import { Curves } from './curves.tsx';
import { Facts } from './facts.tsx';
import { momentAt } from './moments.ts';
import { Narration } from './narration.tsx';
import { PlayerBar, playerKey } from './player-bar.tsx';
import '../../parts/run-figure.css';
import './style.css';
import { usePlayer } from './use-player.ts';
import { words } from './words.ts';

const whole = { mask: [1], size: [1, 1] } as const;

function Figure() {
  const w = inLanguage(words);
  const player = usePlayer();
  const { run, recorded, position } = player;
  const moment = useComputed(() => momentAt(recorded.value, position.value));
  const shown = useComputed(() => {
    const { mask, size } = moment.value;
    return { mask, size };
  });
  const masked = useEngine('masked', () => ({ ...igosRequest.value, ...shown.value }));
  const saliency = useEngine('saliency', () => ({ ...igosRequest.value, ...shown.value }));
  const beginning = useEngine('masked', () => ({ ...igosRequest.value, ...whole }));

  const { line, trial } = moment.value;
  const done = position.value.iteration - (line < 7 ? 1 : 0);
  const steps = recorded.value.steps.slice(0, Math.max(0, done));
  const score = masked.value.answer?.score;
  const maskWords = trial === undefined ? w.mask : w.candidate;
  return (
    <div class="run-figure whole-loop">
      <SubjectChooser />
      <fieldset
        onKeyDown={(event) => {
          if (playerKey(player, event)) event.preventDefault();
        }}
      >
        <legend class="unseen">{w.player}</legend>
        <PlayerBar player={player} />
      </fieldset>
      <Narration player={player} moment={moment.value} />
      <div class="lit abreast">
        <Algorithm line={line} />
        <div class="columns three">
          <Picture
            image={drawMask({ data: Float32Array.from(shown.value.mask), shape: shown.value.size })}
            text={maskWords}
            caption={maskWords}
          />
          <Picture
            image={masked.value.answer?.pixels}
            text={w.masked(percent(score ?? 0))}
            caption={w.masked(score === undefined ? '–' : percent(score))}
          />
          <Picture
            image={saliency.value.answer && drawHeat(saliency.value.answer, 1)}
            text={w.saliency}
            caption={w.saliency}
          />
        </div>
      </div>
      <div class="abreast">
        <Curves
          steps={steps}
          startScore={beginning.value.answer?.score ?? Number.NaN}
          planned={state.iterations.value}
        />
        <Facts steps={steps} end={line === 8 ? run.end.value : undefined} />
      </div>
    </div>
  );
}

export const wholeLoop: Chapter = {
  slug: 'whole-loop',
  title: { en: 'The whole loop', zh: '完整的循环' },
  Figure,
  words,
};
