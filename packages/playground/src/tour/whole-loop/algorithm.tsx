import type { ComponentChildren } from 'preact';
import { ArmijoBound } from '../../parts/armijo-bound.tsx';
import { Fence } from '../../parts/fence.tsx';
import { ClampedStep, SumTo } from '../../parts/math.tsx';
import { inLanguage } from '../../words/language.ts';
import type { Line } from './moments.ts';
import { words } from './words.ts';

/** The algorithm, line by line; the one that runs is lit. */
export function Algorithm({ line }: { readonly line: Line }) {
  const w = inLanguage(words).lines;
  const lines: readonly (readonly [words: string, formula: ComponentChildren, inside?: boolean])[] = [
    [w.begin, <Assignment key="m" to="m" from={<mn>1</mn>} />],
    [w.repeat, undefined],
    [w.path, <PathGradient key="G" />, true],
    [w.direction, <Direction key="d" />, true],
    [w.first, <Candidate key="z" />, true],
    [w.shorter, <Rejection key="F" />, true],
    [w.update, <Assignment key="m" to="m" from={<mi>z</mi>} />, true],
    [w.end, undefined],
  ];
  return (
    <div>
      <ol class="algorithm" aria-label={inLanguage(words).algorithm}>
        {lines.map(([text, formula, inside], i) => (
          <li key={text} data-inside={inside} aria-current={line === i + 1 ? 'step' : undefined}>
            {text} {formula}
          </li>
        ))}
      </ol>
      <small>{inLanguage(words).letters}</small>
    </div>
  );
}

function Assignment({ to, from }: { readonly to: string; readonly from: ComponentChildren }) {
  return (
    <math>
      <mi>{to}</mi>
      <mo>←</mo>
      {from}
    </math>
  );
}

/** G ← ∇ₘ (1/S) Σₛ f((s/S) m) */
function PathGradient() {
  return (
    <math>
      <mi>G</mi>
      <mo>←</mo>
      <mo>∇</mo>
      <mfrac>
        <mn>1</mn>
        <mi>S</mi>
      </mfrac>
      <SumTo index="s" last="S" />
      <mi>f</mi>
      <Fence>(</Fence>
      <mfrac>
        <mi>s</mi>
        <mi>S</mi>
      </mfrac>
      <mi>m</mi>
      <Fence>)</Fence>
    </math>
  );
}

/** d ← G + ∇g(m) */
function Direction() {
  return (
    <math>
      <mi>d</mi>
      <mo>←</mo>
      <mi>G</mi>
      <mo>+</mo>
      <mo>∇</mo>
      <mi>g</mi>
      <Fence>(</Fence>
      <mi>m</mi>
      <Fence>)</Fence>
    </math>
  );
}

/** z ← clamp(m − α d) */
function Candidate() {
  return <Assignment to="z" from={<ClampedStep />} />;
}

/** F(z) > F(m) − c α ‖d‖² */
function Rejection() {
  return (
    <math>
      <mi>F</mi>
      <Fence>(</Fence>
      <mi>z</mi>
      <Fence>)</Fence>
      <mo>&gt;</mo>
      <ArmijoBound />
    </math>
  );
}
