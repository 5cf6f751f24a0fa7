import { drawMask } from '../draw/maps.ts';
import { opened } from '../engine/client.ts';
import { Failed } from '../parts/failed.tsx';
import { Picture } from '../parts/picture.tsx';
import { figure, inLanguage, percent, punctuation } from '../words/language.ts';
import { firstName } from './class-name.ts';
import { numbersOf, numberText } from './numbers.ts';
import { failure, type LabResult, latest, start, stop, underWay } from './run-store.ts';
import { words } from './words.ts';

/** Of the heading over the result. */
export const resultId = 'lab-result';

/** Begins and ends a run, and says how far it is; the style sheet keeps it in sight. */
export function RunPanel() {
  const w = inLanguage(words);
  const { value: run } = underWay;
  const last = run?.steps.at(-1);
  const [height = 1, width = 1] = opened.value.phase === 'ready' ? opened.value.view.inputShape : [];
  const score = (value: number) => (value >= 0 && value <= 1 ? percent(value) : figure(value));
  return (
    <section class="figure run" aria-label={w.run}>
      <div class="row">
        <button
          type="button"
          class="explain"
          disabled={opened.value.phase !== 'ready' || run !== undefined}
          onClick={start}
        >
          {w.run}
        </button>
        <button type="button" class="quiet" disabled={!run} onClick={stop}>
          {w.stop}
        </button>
      </div>
      <div class="said">
        {run && <progress max={run.iterations} value={run.steps.length} aria-label={w.run} />}
        <p class="progress">
          {run && !last && w.begins}
          {run && last && w.step([run.steps.length, run.iterations], score(last.score), percent(last.l1))}
        </p>
        <Status />
      </div>
      {last && (
        <Picture image={drawMask({ data: last.mask, shape: last.size })} text={w.mask} aspect={width / height} />
      )}
    </section>
  );
}

/** Tells of the end of a run, and leads to what came of it: on a small screen that is out of sight. */
function Status() {
  const w = inLanguage(words);
  const result = underWay.value ? undefined : latest.value;
  if (failure.value) {
    return (
      <p role="status" class="trouble">
        <Failed failure={failure.value} />
        {punctuation.value.gap + w.kept}
      </p>
    );
  }
  return (
    <p role="status" class={result ? undefined : 'unseen'}>
      {result && (
        <>
          {doneText(result) + punctuation.value.gap}
          <button type="button" class="link" onClick={goToResult}>
            {w.toResult}
          </button>
        </>
      )}
    </p>
  );
}

function doneText(result: LabResult): string {
  const { before, after, area } = numbersOf(result);
  const isShare = result.recipe.score === 'probability';
  return inLanguage(words).done(firstName(result.view.subject.target.label), [
    numberText('before', before, isShare),
    numberText('after', after, isShare),
    numberText('area', area, isShare),
  ]);
}

function goToResult(): void {
  const heading = document.getElementById(resultId);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
