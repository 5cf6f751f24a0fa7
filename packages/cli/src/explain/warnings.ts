import { threadWarning } from '../backend.ts';
import { describeScale } from '../describe-scale.ts';
import { inputUnits } from './input-units.ts';
import type { Run } from './run.ts';

/** What a reader should know before trusting the explanation: the method's own warnings and those about the input. */
export function findWarnings({ result, subject, settings, backend, threads }: Run): string[] {
  const warnings = result.warnings.map(({ message }) => asSentence(message));
  const { scaling, encoding, picture } = subject;
  if (scaling === 'guess' && encoding && !picture.exact) {
    warnings.push(
      `The input scaling is a guess, ${describeScale(encoding)}. Say it with --input-scale, or in an igos.json beside the model.`,
    );
  }
  if (picture.exact && scaling !== 'guess' && isOutOfRange(picture.input.data, inputUnits(subject).pixels.range)) {
    warnings.push(
      'The values of the .npy file are far outside of what pixels become for this model. Check its scaling.',
    );
  }
  const { start, final } = result;
  const stalled = result.iterations > 0 && final.score > removedScore * start.score;
  if (stalled && settings.score === 'probability') {
    const advice = wayOn(settings);
    warnings.push(`The masked picture keeps ${percent(final.score / start.score)} of its score.${advice}`);
  }
  const unheeded = threadWarning(backend, { wanted: settings.threads, use: threads });
  if (unheeded) warnings.push(unheeded);
  if (settings.batch !== undefined && backend.loops) {
    warnings.push(`The backend ${backend.name} takes images one by one and no notice of --batch.`);
  }
  return warnings;
}

/** Share of the first score below which a class counts as removed. */
const removedScore = 0.2;

/** What lets most stalled searches go on: no noise, then a search that judges the path which the direction is made of. */
function wayOn({ sigma, lineSearch }: Run['settings']): string {
  if (sigma > 0) return ' Noise may hide the way on: try --noise 0.';
  return lineSearch === 'armijo' ? ' Another search may find the way on: try --line-search armijo-path.' : '';
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

/** Whether values leave the range of pixels by more than its own length. */
function isOutOfRange(values: ArrayLike<number>, [low, high]: readonly [number, number]): boolean {
  const most = high - low;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? low;
    if (value < low - most || value > high + most) return true;
  }
  return false;
}

function asSentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`;
}
