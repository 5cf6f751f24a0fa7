import * as igos from '../index.ts';

/*
 * The library takes its parts as values; flags and reports name them. Here is every name, in the order of the help.
 */

/** `armijoPath` -> `armijo-path`. */
type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${Lowercase<First>}${Rest extends Uncapitalize<Rest> ? '' : '-'}${KebabCase<Rest>}`
  : Name;

/** The values of a namespace under the names that a person types; a name that is missing is a type error. */
type Named<Parts> = { readonly [Key in keyof Parts & string as KebabCase<Key>]: Parts[Key] };

export const methods: Named<typeof igos.methods> = {
  igos: igos.methods.igos,
  'integrated-gradients': igos.methods.integratedGradients,
  gradient: igos.methods.gradient,
  random: igos.methods.random,
};

export const lineSearches: Named<typeof igos.lineSearches> = {
  armijo: igos.lineSearches.armijo,
  'armijo-path': igos.lineSearches.armijoPath,
  'armijo-projected': igos.lineSearches.armijoProjected,
  fixed: igos.lineSearches.fixed,
  nag: igos.lineSearches.nag,
};

export const directions: Named<typeof igos.directions> = {
  integrated: igos.directions.integrated,
  plain: igos.directions.plain,
};

export const pathRules: Named<typeof igos.pathRules> = {
  right: igos.pathRules.right,
  midpoint: igos.pathRules.midpoint,
  gauss: igos.pathRules.gauss,
};

export const baselines: Named<typeof igos.baselines> = {
  blur: igos.baselines.blur,
  black: igos.baselines.black,
  mean: igos.baselines.mean,
  noise: igos.baselines.noise,
  median: igos.baselines.median,
  mixed: igos.baselines.mixed,
};

export const presets = {
  small: withNames(igos.presets.small),
  paper: withNames(igos.presets.paper),
} satisfies Record<keyof typeof igos.presets, unknown>;

export type MethodName = keyof typeof methods;
export type LineSearchName = keyof typeof lineSearches;
export type DirectionName = keyof typeof directions;
export type PathRuleName = keyof typeof pathRules;
export type BaselineName = keyof typeof baselines;
export type PresetName = keyof typeof presets;

/** The preset in words, as the settings of a command line are. */
function withNames(preset: igos.Preset) {
  const names = Object.keys(lineSearches) as LineSearchName[];
  return { ...preset, lineSearch: names.find((name) => lineSearches[name] === preset.lineSearch) ?? 'armijo' };
}
