import type { ComponentChildren } from 'preact';

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
