import type { ComponentChildren } from 'preact';
import { Fence } from './fence.tsx';

/** A formula on a line of its own, as MathML, with what its letters mean under it. */
export function Formula({
  children,
  where,
}: {
  readonly children: ComponentChildren;
  readonly where?: string | undefined;
}) {
  return (
    <div class="formula">
      <math display="block">{children}</math>
      {where && <small>{where}</small>}
    </div>
  );
}

/** A letter with an index: `λ₁`. */
export function Sub({ of, at }: { readonly of: string; readonly at: string }) {
  return (
    <msub>
      <mi>{of}</mi>
      {/^\d+$/.test(at) ? <mn>{at}</mn> : <mi>{at}</mi>}
    </msub>
  );
}

/** clamp(m − α d), a step against the direction and back to where masks are; inside a formula. */
export function ClampedStep() {
  return (
    <>
      <mi>clamp</mi>
      <Fence>(</Fence>
      <mi>m</mi>
      <mo>−</mo>
      <mi>α</mi>
      <mi>d</mi>
      <Fence>)</Fence>
    </>
  );
}

/** A sum from 1 to the last, both of them letters. */
export function SumTo({ index, last }: { readonly index: string; readonly last: string }) {
  return (
    <munderover>
      <mo>∑</mo>
      <mrow>
        <mi>{index}</mi>
        <mo>=</mo>
        <mn>1</mn>
      </mrow>
      <mi>{last}</mi>
    </munderover>
  );
}
