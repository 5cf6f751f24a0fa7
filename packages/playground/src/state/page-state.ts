import { batch, computed, effect, type Signal, signal } from '@preact/signals';
import {
  baselines,
  defaultSettings,
  directions,
  lineSearches,
  methods,
  type NamedSettings,
  pathRules,
  presets,
} from 'igos/named';
import { cropKinds } from 'igos/pictures';
import type { UsedBaseline } from '../engine/baseline-key.ts';
import { engineNames } from '../engine/engine-names.ts';
import { type OwnMask, ownBaseline, ownMask } from '../engine/own-inputs.ts';
import { modelNames, sampleNames } from '../engine/samples.ts';
import { exampleNames, longestCode } from '../workbench/example-names.ts';
import { cells, choice, code, type Field, flag, number, optional, size, text } from './fields.ts';
import { formatLink, parseLink, readValues, type Values } from './link.ts';

const names = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];

/** Rows and columns of the mask that a reader paints on. */
export const paintedSize = 14;

/** Everything that can be set, by its name in a link. */
export const fields = {
  lang: choice(['auto', 'en', 'zh'], 'auto'),
  theme: choice(['auto', 'light', 'dark'], 'auto'),
  model: choice([...modelNames, 'own'], 'digits'),
  picture: choice(['', ...sampleNames, 'own'], ''),
  target: text('', 100),
  output: text(''),
  crop: choice(cropKinds, 'centre'),
  backend: choice(engineNames, 'wasm'),
  baseline: optional(choice([...names(baselines), 'own'], 'blur')),
  'blur-size': optional(number({ min: 1, max: 447, odd: true }, 1)),
  'blur-sigma': optional(number({ min: 0.01, max: 1000 }, 1)),
  paint: cells(paintedSize ** 2),
  method: choice(names(methods), defaultSettings.method),
  preset: choice(names(presets), defaultSettings.preset),
  'mask-size': optional(size([1, 1])),
  'init-mask': optional(choice(['own'], 'own')),
  iterations: number({ min: 1, max: 60, integer: true }, defaultSettings.iterations),
  'ig-steps': number({ min: 1, max: 100, integer: true }, defaultSettings.igSteps),
  path: choice(names(pathRules), defaultSettings.path),
  point: number({ min: 1, max: 100, integer: true }, 4),
  l1: optional(number({ min: 0, max: 100 }, 0)),
  tv: optional(number({ min: 0, max: 1000 }, 0)),
  'tv-beta': number({ min: 1, max: 4 }, defaultSettings.tvBeta),
  'tv-scale': optional(choice(['on', 'off'], 'on')),
  noise: number({ min: 0, max: 2 }, 0),
  seed: number({ min: 0, max: 1e9, integer: true }, defaultSettings.seed),
  direction: choice(names(directions), defaultSettings.direction),
  'line-search': optional(choice(names(lineSearches), 'armijo')),
  step: number({ min: 1e-6, max: 1e6 }, defaultSettings.step),
  'step-decay': number({ min: 0.01, max: 0.95 }, defaultSettings.stepDecay),
  armijo: number({ min: 0, max: 0.9 }, defaultSettings.armijo),
  'min-step': number({ min: 1e-9, max: 1 }, defaultSettings.minStep),
  'on-failed-search': optional(choice(['keep', 'step'], 'keep')),
  'lambda-schedule': optional(choice(['on', 'off'], 'off')),
  score: choice(['probability', 'logit'], 'probability'),
  ties: choice(['direction', 'index', 'random'], 'direction'),
  'time-limit': optional(number({ min: 0.1, max: 3600 }, 60)),
  tolerance: optional(number({ min: 0, max: 1 }, 0)),
  mix: number({ min: 0, max: 1 }, 1),
  'one-scale': flag(false),
  'cell-a': number({ min: 0, max: 1 }, 1),
  'cell-b': number({ min: 0, max: 1 }, 1),
  iteration: optional(number({ min: 1, max: 60, integer: true }, 1)),
  layer: optional(number({ min: 1, max: 2000, integer: true }, 1)),
  moment: optional(number({ min: 0, max: 999, integer: true }, 0)),
  // what the second run keeps where an unguarded mask is compared with a guarded one
  'bare-l1': flag(false),
  'bare-tv': flag(false),
  'bare-noise': flag(false),
  'bare-full': flag(true),
  // steps of deletion and insertion
  replaced: number({ min: 0, max: 50, integer: true }, 5),
  example: choice(exampleNames, 'by-hand'),
  code: code(longestCode),
} satisfies Readonly<Record<string, Field<unknown>>>;

type PageValues = Values<typeof fields>;
export type FieldName = keyof PageValues;

function makeSignals(): { readonly [Name in FieldName]: Signal<PageValues[Name]> } {
  const entries = Object.entries(fields).map(([name, { initial }]) => [name, signal<unknown>(initial)]);
  return Object.fromEntries(entries) as { readonly [Name in FieldName]: Signal<PageValues[Name]> };
}

/** One signal a control. To set one is all that a control does: the link follows. */
export const state = makeSignals();

/** Where on the page the reader is, such as `tour/gradient`. */
export const place = signal('');

/** Names in the link that meant nothing; the page says so. */
export const refused = signal<readonly string[]>([]);

const values = computed(() => {
  return Object.fromEntries(Object.entries(state).map(([name, { value }]) => [name, value])) as PageValues;
});

/** The address of another place with everything set as it is here. */
export function linkTo(somewhere: string): string {
  return formatLink(somewhere, fields, values.value);
}

/**
 * Reads the link, then keeps it true. What is changed after an arrival stands in an entry of its own in the browser's
 * history: Back undoes it, and a second Back leaves. Gives a function that ends this.
 */
export function followLink(): () => void {
  let known = location.hash;
  let isArriving = false;
  let hasOwnEntry = false;
  const write = () => {
    const hash = linkTo(place.value);
    if (hash === location.hash || location.hash !== known) return; // a link was followed, and is about to be read
    if (isArriving || hasOwnEntry) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    hasOwnEntry ||= !isArriving;
    known = location.hash;
  };
  const read = () => {
    known = location.hash;
    const { place: somewhere, query } = parseLink(location.hash);
    const { values: found, refused: strange } = readValues(fields, query);
    isArriving = true;
    batch(() => {
      for (const [name, value] of Object.entries(found)) (state[name as FieldName] as Signal<unknown>).value = value;
      place.value = somewhere;
      refused.value = strange;
    });
    write(); // another link may say the same as the one before
    isArriving = false;
    hasOwnEntry = false;
  };
  read();
  window.addEventListener('hashchange', read);
  const stop = effect(write);
  return () => {
    window.removeEventListener('hashchange', read);
    stop();
  };
}

/** What replaces pixels: chosen, else black for the white strokes of a digit, which a blur leaves readable, and a blur for photos. */
export const baselineInUse = computed((): UsedBaseline => {
  const { value } = state.baseline;
  const isThere = value !== 'own' || ownBaseline.value !== undefined;
  return (isThere && value) || (state.model.value === 'digits' ? 'black' : 'blur');
});

/** The reader's own mask that runs of the lab begin with; undefined: one that keeps everything. */
export const initMaskInUse = computed((): OwnMask | undefined => {
  return state['init-mask'].value === 'own' ? ownMask.value : undefined;
});

/** The settings of a run as they stand, in the words of the command line; the same object until one of them changes. */
export const settings = computed((): NamedSettings => {
  const of = <Name extends FieldName>(name: Name): PageValues[Name] => state[name].value;
  const given = {
    maskSize: of('mask-size'),
    ...{ l1: of('l1'), tv: of('tv'), tvScale: of('tv-scale'), lineSearch: of('line-search') },
    ...{ blurSize: of('blur-size'), blurSigma: of('blur-sigma') },
    ...{ onFailedSearch: of('on-failed-search'), lambdaSchedule: of('lambda-schedule') },
    ...{ timeLimit: of('time-limit'), tolerance: of('tolerance') },
  };
  return {
    ...{ method: of('method'), preset: of('preset'), iterations: of('iterations'), igSteps: of('ig-steps') },
    ...{ path: of('path'), tvBeta: of('tv-beta'), noise: of('noise'), seed: of('seed'), direction: of('direction') },
    ...{ step: of('step'), stepDecay: of('step-decay'), armijo: of('armijo'), minStep: of('min-step') },
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<NamedSettings>),
  };
});
