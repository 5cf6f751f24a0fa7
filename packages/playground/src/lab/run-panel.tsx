import { drawMask } from '../draw/maps.ts';
import { opened } from '../engine/client.ts';
import { Failed } from '../parts/failed.tsx';
import { Picture } from '../parts/picture.tsx';
import { figure, inLanguage, percent, punctuation } from '../words/language.ts';
import { failure, start, stop, underWay } from './run-store.ts';
import { words } from './words.ts';

/** Begins and ends a run, and shows its mask while it grows. */
export function RunPanel() {
  const w = inLanguage(words);
  const { value: run } = underWay;
  const last = run?.steps.at(-1);
  const [height = 1, width = 1] = opened.value.phase === 'ready' ? opened.value.view.inputShape : [];
  const score = (value: number) => (value >= 0 && value <= 1 ? percent(value) : figure(value));
  return (
    <section class="figure run">
      <div class="row">
        <button type="button" disabled={opened.value.phase !== 'ready' || run !== undefined} onClick={start}>
          {w.run}
        </button>
        <button type="button" class="quiet" disabled={!run} onClick={stop}>
          {w.stop}
        </button>
        {run && <progress max={run.iterations} value={run.steps.length} aria-label={w.run} />}
      </div>
      <p class="progress">
        {run && !last && w.begins}
        {run && last && w.step([run.steps.length, run.iterations], score(last.score), percent(last.l1))}
      </p>
      <p role="status" class={failure.value ? 'trouble' : 'unseen'}>
        {failure.value && (
          <>
            <Failed failure={failure.value} />
            {punctuation.value.gap + w.kept}
          </>
        )}
      </p>
      {last && (
        <Picture
          image={drawMask({ data: last.mask, shape: last.size })}
          text={w.mask}
          caption={w.mask}
          aspect={width / height}
        />
      )}
    </section>
  );
}
