import { computed, effect, signal } from '@preact/signals';
import { baselineInUse, state } from '../state/page-state.ts';
import { type Failure, failureIn } from './failure.ts';
import type { SubjectView } from './handlers/open.ts';
import type { EngineHandlers } from './handlers.ts';
import { ownBaseline } from './own-inputs.ts';
import type { OwnModel } from './own-model.ts';
import type { PhotoSource } from './photo.ts';
import { connect, type Remote } from './remote.ts';
import { type ModelName, modelAddress, pictureAddress, samplesOf } from './samples.ts';

/** The engine: a worker, so that the page stays free while it computes. */
export const engine: Remote<EngineHandlers> = connect(
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
  { onFailure: tellLost },
);

/** Files that the reader brought. They cannot be in a link, so they live as long as the page. */
export const ownModel = signal<OwnModel | undefined>(undefined);
export const ownPhoto = signal<PhotoSource | undefined>(undefined);

export type Opened =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly view: SubjectView; readonly serial: number }
  | { readonly phase: 'failed'; readonly failure: Failure };

/** The network and the picture in front of it. `serial` grows with each one that was opened. */
export const opened = signal<Opened>({ phase: 'loading' });

/** The bundled picture that is shown, by the network where the reader chose none for it. */
export const shownPicture = computed((): string => {
  const name = bundledModel.value;
  const samples: readonly string[] = samplesOf[name];
  return samples.includes(state.picture.value) ? state.picture.value : samplesOf[name][0];
});

/** The bundled network whose pictures are offered. */
const bundledModel = computed((): ModelName => {
  const { value } = state.model;
  return value === 'digits' || value === 'efficientnet-lite0' ? value : 'efficientnet-lite0';
});

/** Grows when what computes is to be opened anew. */
const attempt = signal(0);

/** The reader's own baseline, where it is in use. A computed of its own, so that no other baseline opens the picture again. */
const baselineFile = computed(() => (baselineInUse.value === 'own' ? ownBaseline.value : undefined));

const request = computed(() => {
  const { value: name } = state.model;
  const own = ownModel.value && { ...ownModel.value, output: state.output.value };
  const model = name === 'own' ? own : modelAddress(bundledModel.value);
  const isOwnPhoto = state.picture.value === 'own' && ownPhoto.value !== undefined;
  const photo = isOwnPhoto ? ownPhoto.value : pictureAddress(bundledModel.value, shownPicture.value);
  const engine = { name: state.backend.value, attempt: attempt.value };
  const asked = { target: state.target.value, crop: state.crop.value, baseline: baselineFile.value };
  return { engine, model, photo, ...asked };
});

/** Where the picture is read from that is asked for. */
export const photoInUse = computed((): PhotoSource | undefined => request.value.photo);

/** Where the bundled files lie that are in front of the reader. */
export const addressesInUse = computed((): readonly string[] => {
  const { model, photo } = request.value;
  return [model, photo].filter((source) => typeof source === 'string');
});

/** Opens everything anew. */
export function reopen(): void {
  attempt.value++;
}

/** A graphics card that is gone takes all programs with it, whoever meets it first. */
function tellLost(failure: Failure): void {
  if (failure.what === 'gpu-lost') opened.value = { phase: 'failed', failure };
}

let serial = 0;

/** Opens what is chosen, now and whenever something else is. Gives a function that ends this. */
export function keepOpened(): () => void {
  return effect(() => {
    const { model, photo, ...asked } = request.value;
    const controller = new AbortController();
    const show = (next: Opened) => {
      if (!controller.signal.aborted) opened.value = next;
    };
    if (model === undefined || photo === undefined) {
      opened.value = { phase: 'failed', failure: { what: 'model-not-here' } };
      return;
    }
    opened.value = { phase: 'loading' };
    engine.call('open', { model, photo, ...asked }, { signal: controller.signal }).then(
      (view) => show({ phase: 'ready', view, serial: ++serial }),
      (error: unknown) => show({ phase: 'failed', failure: failureIn(error) }),
    );
    return () => controller.abort();
  });
}
