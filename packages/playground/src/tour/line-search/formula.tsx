import { ArmijoBound } from '../../parts/armijo-bound.tsx';
import { Fence } from '../../parts/fence.tsx';

/** F(clamp(m − α d)) ≤ F(m) − c α ‖d‖² */
export function ArmijoCondition() {
  return (
    <math display="block">
      <mi>F</mi>
      <Fence>(</Fence>
      <mi>clamp</mi>
      <Fence>(</Fence>
      <mi>m</mi>
      <mo>−</mo>
      <mi>α</mi>
      <mi>d</mi>
      <Fence>)</Fence>
      <Fence>)</Fence>
      <mo>≤</mo>
      <ArmijoBound />
    </math>
  );
}
