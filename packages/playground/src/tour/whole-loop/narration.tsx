import { count, figure, inLanguage, percent, scientific } from '../../words/language.ts';
import type { Moment } from './moments.ts';
import type { Player } from './use-player.ts';
import { words } from './words.ts';

/** What happens at this moment, in a sentence; read out while the reader steps, not while it plays. */
export function Narration({ player, moment }: { readonly player: Player; readonly moment: Moment }) {
  return (
    <p role="status" aria-live={player.playing.value ? 'off' : 'polite'} class="narration">
      {sentence(player, moment)}
    </p>
  );
}

function sentence({ run }: Player, { line, step, trial = 0 }: Moment): string {
  const w = inLanguage(words);
  if (!step) return w.atStart;
  const { pathScores, direction, trialLog, kept, objective } = step;
  const iteration = step.k + 1;
  if (line === 3) {
    if (!pathScores) return w.atPlainGradient(iteration);
    const average = pathScores.reduce((sum, score) => sum + score, 0) / pathScores.length;
    return w.atPath(iteration, { points: count(pathScores.length), average: percent(average) });
  }
  if (line === 4) return w.atDirection(iteration, scientific(direction.reduce((sum, value) => sum + value * value, 0)));
  if (line === 7) return kept ? w.kept(iteration) : w.updated(iteration, figure(objective, 4));
  if (line === 8) {
    const stopped = run.end.value?.result.stopped ?? '';
    return stopped === 'iterations' || stopped === 'failed-search' ? w.ends[stopped] : w.ends.other;
  }
  const tried = trialLog[trial];
  if (!tried) return '';
  const of = {
    ...{ number: trial + 1, step: scientific(tried.step), objective: figure(tried.objective, 4) },
    bound: figure(tried.objective - tried.margin, 4),
  };
  return tried.margin <= 0 ? w.passed(iteration, of) : w.refused(iteration, of);
}
