import type { BaselineName, ResolvedSettings } from 'igos/named';

/** What replaces pixels: one of the table, or a picture that the reader brought. */
export type UsedBaseline = BaselineName | 'own';

/** What baselines are made with. */
export type BaselineSettings = Pick<ResolvedSettings, 'blurSize' | 'blurSigma' | 'seed'>;

/** Which settings each baseline looks at. */
const lookedAt: Readonly<Record<UsedBaseline, readonly (keyof BaselineSettings)[]>> = {
  blur: ['blurSize', 'blurSigma'],
  black: [],
  mean: [],
  noise: ['seed'],
  median: [],
  mixed: ['blurSize', 'blurSigma'],
  own: [],
};

/** The same for settings that make the same baseline of a picture. */
export function baselineKey(name: UsedBaseline, settings: BaselineSettings): string {
  return [name, ...lookedAt[name].map((setting) => settings[setting])].join(' ');
}
