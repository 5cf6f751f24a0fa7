import { ArmijoBound } from '../../parts/armijo-bound.tsx';
import { Fence } from '../../parts/fence.tsx';
import { ClampedStep, Formula } from '../../parts/math.tsx';
import { inLanguage } from '../../words/language.ts';
import { words } from './words.ts';

/** F(clamp(m − α d)) ≤ F(m) − c α ‖d‖² */
export function ArmijoCondition() {
  return (
    <Formula where={inLanguage(words).where}>
      <mi>F</mi>
      <Fence>(</Fence>
      <ClampedStep />
      <Fence>)</Fence>
      <mo>≤</mo>
      <ArmijoBound />
    </Formula>
  );
}
