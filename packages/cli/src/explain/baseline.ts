import type { HostArray } from '@igos/autograd';
import { makeBaseline } from 'igos';
import { baselines } from 'igos/named';
import { isBuiltIn } from '../options/baseline-name.ts';
import { readPicture } from '../picture.ts';
import type { Subject } from '../subject.ts';
import { inputUnits } from './input-units.ts';
import type { Settings } from './settings.ts';

/** What replaces removed pixels, [height, width, channels] in the units of the input. */
export async function buildBaseline(subject: Subject, settings: Settings): Promise<HostArray> {
  const { opened, picture, encoding } = subject;
  const { baseline, blurSize, blurSigma, seed, crop } = settings;
  if (!isBuiltIn(baseline)) return (await readPicture(baseline, { opened, encoding, crop })).input;
  return makeBaseline(baselines[baseline], picture.input, { ...inputUnits(subject).pixels, blurSize, blurSigma, seed });
}
