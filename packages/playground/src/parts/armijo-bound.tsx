import { Fence } from './fence.tsx';

/** F(m) − c α ‖d‖², what a step has to come down to; inside a formula. */
export function ArmijoBound() {
  return (
    <>
      <mi>F</mi>
      <Fence>(</Fence>
      <mi>m</mi>
      <Fence>)</Fence>
      <mo>−</mo>
      <mi>c</mi>
      <mi>α</mi>
      <msup>
        <mrow>
          <Fence>‖</Fence>
          <mi>d</mi>
          <Fence>‖</Fence>
        </mrow>
        <mn>2</mn>
      </msup>
    </>
  );
}
