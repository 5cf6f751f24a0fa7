/** The networks and pictures that come with the page; `vite.config.ts` puts their files beside it. */
export const modelNames = ['digits', 'efficientnet-lite0'] as const;
export type ModelName = (typeof modelNames)[number];

const digits = ['7', '0', '1', '2', '3', '4', '5', '6', '8', '9'] as const;
const photos = [
  ...['dog', 'cat', 'koala', 'panda', 'red_panda', 'lemur', 'polar_bear', 'macaw', 'hen', 'goldfish', 'crab'],
  'espresso',
] as const;

export type PhotoName = (typeof photos)[number];

/** Pictures for each network; the first is shown to begin with. */
export const samplesOf: Readonly<Record<ModelName, readonly [string, ...string[]]>> = {
  digits,
  'efficientnet-lite0': ['dog', ...photos.slice(1)],
};

export const sampleNames: readonly string[] = [...digits, ...photos];

/** The folder of a model. */
export function modelAddress(model: ModelName): string {
  return new URL(`models/${model}/`, document.baseURI).href;
}

export function pictureAddress(model: ModelName, picture: string): string {
  const file = model === 'digits' ? `models/digits/samples/${picture}.png` : `models/photos/${picture}.jpg`;
  return new URL(file, document.baseURI).href;
}
