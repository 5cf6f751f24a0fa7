import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { engine, opened } from '../engine/client.ts';
import { type EngineName, engineNames } from '../engine/engine-names.ts';
import type { Adapters } from '../engine/handlers/engines.ts';
import { speeds } from '../engine/speeds.ts';
import { Failed } from '../parts/failed.tsx';
import { state } from '../state/page-state.ts';
import { figure, inLanguage, punctuation } from '../words/language.ts';
import { engineWords } from './engine-words.ts';
import { useMeasurement } from './use-measurement.ts';
import './engine-panel.css';

/** At the foot of every page: what computes, how fast it is, and what else could. */
export function EnginePanel() {
  const w = inLanguage(engineWords);
  const adapters = useSignal<Adapters | undefined>(undefined);
  const { value } = opened;
  const { name, threads } = value.phase === 'ready' ? value.view.engine : { name: state.backend.value };
  const facts = [w.names[name], threads && w.threads(threads), speedText(name)].filter(Boolean);
  const look = async () => {
    adapters.value ??= await engine.call('adapters', undefined).catch(() => ({}));
  };
  return (
    <footer>
      <details class="what-computes" onToggle={({ currentTarget }) => void (currentTarget.open && look())}>
        <summary>{w.title + punctuation.value.colon + facts.join(' · ')}</summary>
        <EngineList {...{ adapters }} />
        <p class="hint">{w.about}</p>
      </details>
    </footer>
  );
}

function speedText(name: EngineName): string | undefined {
  const speed = speeds.value[name];
  return speed === undefined ? undefined : inLanguage(engineWords).speed(figure(speed, 2));
}

function EngineList({ adapters }: { readonly adapters: Signal<Adapters | undefined> }) {
  const w = inLanguage(engineWords);
  const id = useId();
  const { measured, failure, start, stop } = useMeasurement();
  const isThere = (name: EngineName) => name === 'wasm' || adapters.value?.[name] !== undefined;
  useEffect(() => stop, []);
  return (
    <>
      <fieldset>
        <legend class="unseen">{w.title}</legend>
        {engineNames.map((name) => (
          <label class="option" key={name}>
            <input
              type="radio"
              name={id}
              checked={state.backend.value === name}
              disabled={!isThere(name) && state.backend.value !== name}
              onChange={() => {
                state.backend.value = name;
              }}
            />
            <span>
              {w.names[name]}
              <small>{[aboutCard(name, adapters.value), speedText(name)].filter(Boolean).join(' · ')}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="row">
        {measured.value === undefined ? (
          <button
            type="button"
            class="quiet"
            disabled={adapters.value === undefined || opened.value.phase !== 'ready'}
            onClick={() => void start(engineNames.filter(isThere))}
          >
            {w.measure}
          </button>
        ) : (
          <button type="button" class="quiet" onClick={stop}>
            {w.stop}
          </button>
        )}
        <span role="status">
          {measured.value && w.measuring(w.names[measured.value])}
          {!measured.value && failure.value && <Failed failure={failure.value} />}
        </span>
      </div>
    </>
  );
}

/** What would compute, or why nothing would. */
function aboutCard(name: EngineName, adapters: Adapters | undefined): string | undefined {
  const w = inLanguage(engineWords);
  if (name === 'wasm') return undefined;
  if (!adapters) return w.looking;
  const adapter = adapters[name];
  if (!adapter) return w.missing;
  return adapter.isSoftware ? w.software(adapter.name) : adapter.name;
}
