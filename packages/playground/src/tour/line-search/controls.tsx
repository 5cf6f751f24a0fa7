import { type LineSearchName, lineSearches } from 'igos/named';
import { Choice, ListSlider, type Settable, Slider } from '../../parts/controls.tsx';
import { state } from '../../state/page-state.ts';
import { figure, inLanguage, scientific } from '../../words/language.ts';
import { words } from './words.ts';

const firstSteps = [0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
const decays = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8];
const constants = [0, 1e-5, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];

/** What a reader may turn: which iteration is seen, and how its search goes. */
export function SearchControls({
  shown,
  steps,
  lineSearch,
}: {
  readonly shown: number;
  /** Iterations that there are. */
  readonly steps: number;
  readonly lineSearch: LineSearchName;
}) {
  const w = inLanguage(words);
  const iteration: Settable<number> = {
    get value() {
      return shown;
    },
    set value(chosen) {
      state.iteration.value = chosen;
      state.moment.value = undefined;
    },
  };
  const kind: Settable<LineSearchName> = {
    get value() {
      return lineSearch;
    },
    set value(chosen) {
      state['line-search'].value = chosen;
    },
  };
  const kinds = (Object.keys(lineSearches) as LineSearchName[]).map((name) => [name, w.kinds[name]] as const);
  return (
    <div class="stack">
      <Slider label={w.iteration} value={iteration} min={1} max={Math.max(1, steps)} step={1} />
      <ListSlider label={w.firstStep} value={state.step} values={firstSteps} format={scientific} />
      <ListSlider label={w.decay} value={state['step-decay']} values={decays} format={figure} />
      <ListSlider label={w.armijo} value={state.armijo} values={constants} format={scientific} />
      <Choice label={w.kind} value={kind} options={kinds} />
    </div>
  );
}
