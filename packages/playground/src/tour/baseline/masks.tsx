import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { defaultBlur, type Result } from 'igos';
import type { RgbImage } from 'igos/pictures';
import { drawHeat } from '../../draw/maps.ts';
import type { UsedBaseline } from '../../engine/baseline-key.ts';
import { opened } from '../../engine/client.ts';
import type { BaselineView } from '../../engine/handlers/masks.ts';
import type { TimedStep } from '../../engine/handlers/run.ts';
import { useRun } from '../../engine/use-run.ts';
import { Failed } from '../../parts/failed.tsx';
import { Picture } from '../../parts/picture.tsx';
import { baselineInUse, settings, state } from '../../state/page-state.ts';
import { count, inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

/** A mask that was found, and with what. */
interface Found {
  readonly name: UsedBaseline;
  /** Of the blur, where there is one. */
  readonly width: number | undefined;
  readonly result: Result;
  readonly image: RgbImage;
}

/** A score that is lower than the baseline's by more than this is not due to missing evidence alone. */
const remarkable = 0.1;

/** Explains with the baseline in use; masks that were found stay, side by side. */
export function Masks({ views }: { readonly views: ReadonlySignal<ReadonlyMap<UsedBaseline, BaselineView>> }) {
  const w = inLanguage(words);
  const run = useRun(() => ({ baseline: baselineInUse.value, settings: settings.value }));
  const startedWith = useSignal(inUse());
  const found = useSignal<readonly Found[]>([]);
  useSignalEffect(() => {
    void opened.value;
    found.value = [];
  });
  useSignalEffect(() => {
    const result = run.end.value?.result;
    if (!result || result.stopped === 'aborted') return;
    const { name, width } = startedWith.peek();
    const others = found.peek().filter((one) => one.name !== name || one.width !== width);
    found.value = [...others, { name, width, result, image: drawHeat(result.saliency, 1) }];
  });
  const start = () => {
    startedWith.value = inUse();
    run.start();
  };
  const nameOf = ({ name, width }: Pick<Found, 'name' | 'width'>) => {
    return w.named(w.names[name], width === undefined ? undefined : count(width));
  };
  const last = run.steps.value.at(-1);
  const ready = opened.value.phase === 'ready' && views.value.size > 0;
  return (
    <section>
      <h2>{w.masks}</h2>
      <p>{w.search}</p>
      <p class="row">
        <button type="button" disabled={!ready || run.running.value} onClick={start}>
          {w.explain(nameOf(inUse()))}
        </button>
        {run.running.value && (
          <button type="button" class="quiet" onClick={run.stop}>
            {w.stop}
          </button>
        )}
        <span role="status">{run.failure.value && <Failed failure={run.failure.value} />}</span>
      </p>
      {found.value.length === 0 && !run.running.value && <p>{w.noMask}</p>}
      <div class="baselines found-masks">
        {found.value.map((one) => (
          <FoundMask key={nameOf(one)} name={nameOf(one)} found={one} />
        ))}
        {run.running.value && (
          <div class="baseline">
            <Picture image={last && drawCells(last)} text={w.maskText(nameOf(inUse()))} />
            <p class="name">{nameOf(inUse())}</p>
            <p class="left">{w.step(run.steps.value.length, settings.value.iterations)}</p>
          </div>
        )}
      </div>
    </section>
  );
}

function FoundMask({ name, found: { image, result } }: { readonly name: string; readonly found: Found }) {
  const w = inLanguage(words);
  const { final, baseline } = result;
  return (
    <div class="baseline">
      <Picture image={image} text={w.maskText(name)} />
      <p class="name">{name}</p>
      <p class="left">{w.removes(percent(final.area), percent(final.score))}</p>
      {final.area === 0 && <small>{w.empty}</small>}
      {final.score < baseline.score - remarkable && <small>{w.seams(percent(baseline.score, 0))}</small>}
    </div>
  );
}

/** The baseline in use, with the width of its blur. */
function inUse(): { readonly name: UsedBaseline; readonly width: number | undefined } {
  const name = baselineInUse.value;
  if ((name !== 'blur' && name !== 'mixed') || opened.value.phase !== 'ready') return { name, width: undefined };
  const [height = 0, width = 0] = opened.value.view.inputShape;
  return { name, width: state['blur-size'].value ?? defaultBlur(height, width).size };
}

/** The share of each cell that is removed. */
function drawCells({ mask, size }: TimedStep) {
  return drawHeat({ data: mask.map((keep) => 1 - keep), shape: size }, 1);
}
