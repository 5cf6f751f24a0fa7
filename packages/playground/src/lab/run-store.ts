import { computed, effect, signal } from '@preact/signals';
import { engine, opened, ownModel, ownPhoto, photoInUse, shownPicture } from '../engine/client.ts';
import { type Failure, failureIn } from '../engine/failure.ts';
import type { ExplanationView } from '../engine/handlers/explanation.ts';
import type { TimedStep } from '../engine/handlers/run.ts';
import { ownBaseline } from '../engine/own-inputs.ts';
import type { PhotoSource } from '../engine/photo.ts';
import { noteRun } from '../engine/speeds.ts';
import { baselineInUse, initMaskInUse, settings, state } from '../state/page-state.ts';
import type { Recipe } from './recipe.ts';

/** A run that has ended, whatever the page is set to by now. */
export interface LabResult {
  readonly recipe: Recipe;
  readonly view: ExplanationView;
  /** Where its photo is. */
  readonly photo: PhotoSource;
  /** Runs that ended since the page was opened, this one included. */
  readonly serial: number;
  /** That the engine knows it by. */
  readonly id: number;
}

interface UnderWay {
  readonly steps: readonly TimedStep[];
  readonly iterations: number;
  readonly controller: AbortController;
}

export const underWay = signal<UnderWay | undefined>(undefined);
export const failure = signal<Failure | undefined>(undefined);
export const latest = signal<LabResult | undefined>(undefined);
/** The one that the latest is compared with. */
export const pinned = signal<LabResult | undefined>(undefined);

/** What would be run now, but for the target that the network is asked about. */
const asked = computed((): Omit<Recipe, 'target'> => {
  const own = state.model.value === 'own' ? ownModel.value : undefined;
  const model = own?.name ?? state.model.value;
  const ownFile = state.picture.value === 'own' ? ownPhoto.value : undefined;
  const isDigits = state.model.value === 'digits';
  const bundled = isDigits
    ? `models/digits/samples/${shownPicture.value}.png`
    : `models/photos/${shownPicture.value}.jpg`;
  return {
    ...{ model, folder: own ? own.name : `models/${model}` },
    image: ownFile instanceof File ? ownFile.name : bundled,
    ...{ settings: settings.value, baseline: baselineInUse.value, initMask: initMaskInUse.value },
    baselineFile: (baselineInUse.value === 'own' && ownBaseline.value?.name) || '',
    ...{ score: state.score.value, ties: state.ties.value, crop: state.crop.value },
    engine: state.backend.value,
    ...{ card: own?.card ?? {}, output: own ? state.output.value : '' },
  };
});

let lastId = 0;

/** Begins a run of what is set; one that is under way is dropped. */
export function start(): void {
  drop();
  const photo = photoInUse.peek();
  const recipe = asked.peek();
  if (opened.peek().phase !== 'ready' || photo === undefined) return;
  const controller = new AbortController();
  const isCurrent = () => underWay.peek()?.controller === controller;
  const { settings, baseline, score, ties, initMask } = recipe;
  const [id, shown] = [++lastId, latest.peek()?.id];
  const request = { settings, baseline, score, ties, initMask, id, shown };
  failure.value = undefined;
  underWay.value = { steps: [], iterations: settings.iterations, controller };
  const onUpdate = (step: TimedStep) => {
    const { value } = underWay;
    if (!value || !isCurrent()) return;
    const steps = [...value.steps, step];
    underWay.value = { ...value, steps };
    noteRun(steps);
  };
  engine.call('explanation', request, { signal: controller.signal, onUpdate }).then(
    (view) => {
      if (!isCurrent()) return;
      const serial = (latest.peek()?.serial ?? 0) + 1;
      latest.value = { recipe: { ...recipe, target: view.subject.target.text }, view, photo, serial, id };
      underWay.value = undefined;
    },
    (error: unknown) => {
      if (!isCurrent()) return;
      if (!controller.signal.aborted) failure.value = failureIn(error);
      underWay.value = undefined;
    },
  );
}

/** Ends the run that is under way with what it has. */
export function stop(): void {
  underWay.peek()?.controller.abort();
}

function drop(): void {
  stop();
  underWay.value = undefined;
}

/** Drops a run when another picture is opened. Gives a function that ends this, and a run with it. */
export function followSubject(): () => void {
  let first = true;
  const end = effect(() => {
    void opened.value;
    if (!first) drop();
    first = false;
  });
  return () => {
    end();
    drop();
  };
}
