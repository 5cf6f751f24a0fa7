import type { Field } from '../state/fields.ts';
import type { fields } from '../state/page-state.ts';
import type { SettingGroup, SettingName } from './settings.ts';

/** The words that a setting may be; never for numbers and sizes. */
type ValueOf<Name extends SettingName> =
  (typeof fields)[Name] extends Field<infer Value> ? Extract<Value, string> : never;

/** The settings that are words. */
type WordSettingName = { [Name in SettingName]: [ValueOf<Name>] extends [never] ? never : Name }[SettingName];

export interface SettingWords {
  readonly groups: Readonly<Record<SettingGroup, string>>;
  readonly named: Readonly<Record<SettingName, readonly [label: string, hint: string]>>;
  /** What stands behind each word of the command line, in the terms of the tour. */
  readonly meanings: { readonly [Name in WordSettingName]: Readonly<Record<ValueOf<Name>, string>> };
}
