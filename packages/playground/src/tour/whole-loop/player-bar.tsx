import { Slider } from '../../parts/controls.tsx';
import { Failed } from '../../parts/failed.tsx';
import { state } from '../../state/page-state.ts';
import { inLanguage } from '../../words/language.ts';
import type { Player } from './use-player.ts';
import { words } from './words.ts';

/** Play, pause, step, back, and a slider over the iterations. */
export function PlayerBar({ player }: { readonly player: Player }) {
  const w = inLanguage(words);
  const { run, position, recorded, playing } = player;
  const { iteration } = position.value;
  const { steps } = recorded.value;
  const [isBusy, failure] = [run.running.value, run.failure.value];
  return (
    <div class="player">
      <div class="row">
        <button type="button" aria-keyshortcuts="P" onClick={player.toggle}>
          {playing.value ? w.pause : w.play}
        </button>
        <button type="button" class="quiet" aria-keyshortcuts="ArrowLeft" onClick={player.stepBack}>
          {w.back}
        </button>
        <button type="button" class="quiet" aria-keyshortcuts="ArrowRight" onClick={player.stepForward}>
          {w.step}
        </button>
        <button type="button" class="quiet" aria-keyshortcuts="Home" onClick={() => player.toIteration(0)}>
          {w.toStart}
        </button>
        <Slider
          label={w.iteration}
          min={0}
          max={Math.max(1, steps.length)}
          step={1}
          value={{
            get value() {
              return iteration;
            },
            set value(chosen) {
              player.toIteration(chosen);
            },
          }}
        />
      </div>
      {isBusy || failure ? (
        <p class="progress">
          {isBusy && w.running(steps.length, state.iterations.value)}
          {failure && <Failed {...{ failure }} />}
        </p>
      ) : (
        <small>{w.keys}</small>
      )}
    </div>
  );
}

/** Keys that move the player while the focus is in it. Gives whether it was one of them. */
export function playerKey(player: Player, { key, target, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey) return false;
  const moves: Readonly<Record<string, () => void>> = { p: player.toggle, P: player.toggle };
  const places: Readonly<Record<string, () => void>> = {
    ArrowRight: player.stepForward,
    ArrowLeft: player.stepBack,
    Home: () => player.toIteration(0),
    End: () => player.toIteration(player.recorded.peek().steps.length),
  };
  const isSlider = target instanceof HTMLInputElement; // which has those keys for itself
  const act = moves[key] ?? (isSlider ? undefined : places[key]);
  act?.();
  return act !== undefined;
}
