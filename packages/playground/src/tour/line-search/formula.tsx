import { ArmijoBound } from '../../parts/armijo-bound.tsx';
import { Fence } from '../../parts/fence.tsx';
import { ClampedStep } from '../../parts/math.tsx';

/** F(clamp(m − α d)) ≤ F(m) − c α ‖d‖² */
export function ArmijoCondition() {
  return (
    <math display="block">
      <mi>F</mi>
      <Fence>(</Fence>
      <ClampedStep />
      <Fence>)</Fence>
      <mo>≤</mo>
      <ArmijoBound />
    </math>
  );
}
