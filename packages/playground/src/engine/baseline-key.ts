import type { BaselineName, ResolvedSettings } from 'igos/named';

/** What baselines are made with. */
export type BaselineSettings = Pick<ResolvedSettings, 'blurSize' | 'blurSigma' | 'seed'>;

/** Which settings each baseline looks at. */
const lookedAt: Readonly<Record<BaselineName, readonly (keyof BaselineSettings)[]>> = {
  blur: ['blurSize', 'blurSigma'],
  black: [],
  mean: [],
  noise: ['seed'],
  median: [],
  mixed: ['blurSize', 'blurSigma'],
};

/** The same for settings that make the same baseline of a picture. */
export function baselineKey(name: BaselineName, settings: BaselineSettings): string {
  return [name, ...lookedAt[name].map((setting) => settings[setting])].join(' ');
}
