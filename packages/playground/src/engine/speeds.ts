import { computed, signal } from '@preact/signals';
import { opened } from './client.ts';
import type { EngineName } from './engine-names.ts';
import type { TimedStep } from './handlers/run.ts';

/** Network evaluations a second, as they were last seen: pictures through the network, forwards or backwards. */
type Speeds = Readonly<Partial<Record<EngineName, number>>>;

const seen = signal<{ readonly model: string; readonly speeds: Speeds }>({ model: '', speeds: {} });

const model = computed(() => (opened.value.phase === 'ready' ? opened.value.view.model.name : ''));

/** Of each engine with the network that is open. */
export const speeds = computed((): Speeds => (seen.value.model === model.value ? seen.value.speeds : {}));

export function noteSpeed(name: EngineName, perSecond: number): void {
  if (!Number.isFinite(perSecond)) return;
  seen.value = { model: model.peek(), speeds: { ...speeds.peek(), [name]: perSecond } };
}

/** What the last step of a run tells of the speed of the engine that is open. */
export function noteRun(steps: readonly TimedStep[]): void {
  const { value } = opened;
  const last = steps.at(-1);
  if (value.phase !== 'ready' || !last) return;
  noteSpeed(value.view.engine.name, last.evaluations / (last.seconds - (steps.at(-2)?.seconds ?? 0)));
}
