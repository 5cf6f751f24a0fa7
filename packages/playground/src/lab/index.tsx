import { useEffect } from 'preact/hooks';
import { inLanguage } from '../words/language.ts';
import { Compare } from './compare.tsx';
import { catchStrayFiles } from './dropped.ts';
import { Exports } from './exports.tsx';
import { LayerSection } from './layer-view.tsx';
import { PlanSection } from './plan-view.tsx';
import { ResultView } from './result-view.tsx';
import { RunPanel, resultId } from './run-panel.tsx';
import { followSubject, latest, pinned } from './run-store.ts';
import { SettingsForm } from './settings-form.tsx';
import './layout.css';
import './style.css';
import { SubjectPanel } from './subject-panel.tsx';
import { words } from './words.ts';

/** Everything at once: any photo, model, class, method and setting. */
export function Lab() {
  const w = inLanguage(words);
  useEffect(followSubject, []);
  useEffect(catchStrayFiles, []);
  const [now, other] = [latest.value, pinned.value];
  return (
    <div class="lab">
      <SubjectPanel />
      <div class="controls">
        <div>
          <RunPanel />
          <SettingsForm />
        </div>
      </div>
      <section class="figure result" aria-labelledby={resultId} data-serial={now?.serial ?? 0}>
        <h2 id={resultId} tabIndex={-1}>
          {w.result}
        </h2>
        {now ? <ResultView result={now} /> : <p>{w.none}</p>}
        {now && (
          <p>
            <button
              type="button"
              class="quiet"
              onClick={() => {
                pinned.value = other ? undefined : now;
              }}
            >
              {other ? w.unpin : w.pin}
            </button>
          </p>
        )}
      </section>
      {now && other && (
        <section class="figure" aria-labelledby="lab-compare">
          <h2 id="lab-compare">{w.compare}</h2>
          {now === other ? <p>{w.again}</p> : <Compare pinned={other} latest={now} />}
        </section>
      )}
      {now && (
        <section class="figure exports" aria-labelledby="lab-exports">
          <h2 id="lab-exports">{w.exports}</h2>
          <Exports result={now} />
        </section>
      )}
      <PlanSection />
      <LayerSection />
    </div>
  );
}
