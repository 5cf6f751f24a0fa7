/** How pixels become a model's input: (pixel - mean) / std, each in 0..255; one value for all channels or one each. */
export interface InputScale {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export const inputScales: Readonly<Record<string, InputScale>> = {
  '0..1': { mean: [0], std: [255] },
  '-1..1': { mean: [127.5], std: [127.5] },
  imagenet: { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] }, // 255 × the usual figures for 0..1
};

/**
 * Parses `--input-scale`: a name of the table above, or `<mean>/<std>` in pixel units, each one number or one a channel
 * in the model's order: `127/128`, `123.7,116.3,103.5/58.4,57.1,57.4`.
 * @throws RangeError saying what is wrong
 */
export function parseInputScale(text: string): InputScale {
  const named = Object.hasOwn(inputScales, text) ? inputScales[text] : undefined;
  if (named) return named;
  const parts = text.split('/');
  const [mean, std] = parts.map((part) => part.split(',').map(parseNumber));
  if (parts.length !== 2 || !mean || !std) {
    throw new RangeError(`'${text}' is no input scale: use ${Object.keys(inputScales).join(', ')} or <mean>/<std>`);
  }
  const scale = { mean, std };
  checkInputScale(scale);
  return scale;
}

/** @throws RangeError when a value is not finite, a divisor not above 0, or the channels are neither 1 nor 3 */
export function checkInputScale({ mean, std }: InputScale): void {
  for (const values of [mean, std]) {
    if (values.length !== 1 && values.length !== 3) {
      throw new RangeError(`an input scale has 1 or 3 values for mean and for std, got ${values.length}`);
    }
  }
  if (!mean.every(Number.isFinite)) throw new RangeError(`the mean of an input scale is [${mean}], not finite numbers`);
  if (!std.every((value) => Number.isFinite(value) && value > 0)) {
    throw new RangeError(`the std of an input scale is [${std}], needed are numbers above 0`);
  }
}

function parseNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
