import type { FieldName } from '../state/page-state.ts';

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
