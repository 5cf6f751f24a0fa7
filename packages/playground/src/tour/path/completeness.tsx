import type { PathRuleName } from 'igos/named';
import type { PathPointView, PathView } from '../../engine/handlers/path.ts';
import { Choice, Slider } from '../../parts/controls.tsx';
import { Formula, Sub, SumTo } from '../../parts/math.tsx';
import { state } from '../../state/page-state.ts';
import { inLanguage } from '../../words/language.ts';
import { ErrorByPoints } from './charts.tsx';
import { Totals } from './totals.tsx';
import { words } from './words.ts';

const rules = ['right', 'midpoint', 'gauss'] as const satisfies readonly PathRuleName[];

/** What the gradients of all stops add up to, beside what they should, and how it depends on the stops. */
export function Completeness(path: { readonly points: readonly PathPointView[]; readonly ends: PathView | undefined }) {
  const w = inLanguage(words);
  return (
    <section>
      <h2>{w.complete}</h2>
      {w.completeness.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <Formula where={w.where}>
        <Sub of="d" at="IG" />
        <mo>=</mo>
        <SumTo index="s" last="S" />
        <Sub of="w" at="s" />
        <Sub of="t" at="s" />
        <mrow>
          <mo>∇</mo>
          <mi>f</mi>
          <mo>(</mo>
          <Sub of="t" at="s" />
          <mi>m</mi>
          <mo>)</mo>
        </mrow>
      </Formula>
      <div class="columns">
        <div class="stack">
          <Slider label={w.points} value={state['ig-steps']} min={1} max={50} step={1} />
          <Choice label={w.rule} value={state.path} options={rules.map((rule) => [rule, w.rules[rule]])} />
        </div>
        <ErrorByPoints />
      </div>
      <Totals {...path} />
      <p>{w.rough}</p>
    </section>
  );
}
