import { InvalidArgumentError } from 'commander';
import { type BaselineName, baselines } from 'igos/named';
import { nearestName } from '../nearest.ts';

/** Parses `--baseline`: a name of the table, or a picture file, which has a dot or a slash in its name. */
export function parseBaseline(text: string): string {
  if (isBuiltIn(text) || /[./\\]/.test(text)) return text;
  const names = Object.keys(baselines);
  const nearest = nearestName(text, names);
  const guess = nearest ? `Did you mean ${nearest}? ` : '';
  throw new InvalidArgumentError(`${guess}Choices are ${names.join(', ')}, or a picture file.`);
}

/** Whether the baseline is made from the picture, and not read from a file. */
export function isBuiltIn(baseline: string): baseline is BaselineName {
  return Object.hasOwn(baselines, baseline);
}
