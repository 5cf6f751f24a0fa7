import type { Field } from '../state/fields.ts';
import { type FieldName, fields, state } from '../state/page-state.ts';

/** The settings of a run by what they are about, in the order of the form. */
export const settingGroups = {
  what: ['method', 'score', 'crop', 'baseline', 'blur-size', 'blur-sigma', 'seed'],
  objective: ['preset', 'l1', 'tv', 'tv-beta', 'tv-scale', 'lambda-schedule'],
  mask: ['mask-size', 'init-mask', 'iterations', 'direction', 'ig-steps', 'path', 'noise'],
  search: ['line-search', 'step', 'step-decay', 'armijo', 'min-step', 'on-failed-search'],
  end: ['time-limit', 'tolerance', 'ties'],
} as const satisfies Readonly<Record<string, readonly FieldName[]>>;

export type SettingGroup = keyof typeof settingGroups;
export type SettingName = (typeof settingGroups)[SettingGroup][number];

export const settingNames: readonly SettingName[] = Object.values(settingGroups).flat();

/** A setting's signal, whatever it holds. */
export function control(name: SettingName): { value: unknown } {
  return state[name];
}

/** A setting as a link has it; nothing where it is left open. */
export function written(name: SettingName): string {
  const field: Field<unknown> = fields[name];
  return field.format(control(name).value);
}

/** Whether a setting is not as at the start. */
export function isChanged(name: SettingName): boolean {
  const field: Field<unknown> = fields[name];
  return written(name) !== field.format(field.initial);
}

/** Sets it as at the start. */
export function putBack(name: SettingName): void {
  control(name).value = fields[name].initial;
}
