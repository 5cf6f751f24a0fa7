import type { Report } from '../report.ts';

type Maybe = number | null | undefined;

/** Stands where there is no number. */
const nothing = '–';

/** Keeps a number and its unit on one line. */
const space = '\u00a0';

/** A share of 1 in percent: `97.1%`, `<0.1%`, `100%`. */
export function percent(share: Maybe): string {
  if (!isNumber(share)) return nothing;
  if (share > 0 && share < 0.0005) return '<0.1%';
  if (share < 1 && share > 0.9995) return '>99.9%';
  return `${trimZeros((100 * share).toFixed(1)).replace('-', '−')}%`;
}

/** Four significant digits, `0.08123`, `1240`, and powers of ten where those are clearer: `4.096×10⁻⁶`. */
export function figure(value: Maybe): string {
  if (!isNumber(value)) return nothing;
  if (Number.isSafeInteger(value)) return String(value).replace('-', '−');
  return significant(value, 4).replace(/\.?0+(?=×|$)/, '');
}

/** A measured value with all its digits, so that columns of them line up: `0.08120`, `−3.778×10⁻⁷`, `0`. */
export function measured(value: Maybe, digits = 4): string {
  if (!isNumber(value)) return nothing;
  return value === 0 ? '0' : significant(value, digits);
}

function significant(value: number, digits: number): string {
  const size = Math.abs(value);
  const plain = size >= 1e-3 && size < 1e6;
  const [number, power] = (plain ? value.toPrecision(digits) : value.toExponential(digits - 1)).split('e');
  const text = (number as string).replace('-', '−');
  return power === undefined ? text : `${text}×10${superscript(power)}`;
}

/** `0.42 s`, `12 s`, `3 min 05 s`. */
export function duration(seconds: Maybe): string {
  if (!isNumber(seconds)) return nothing;
  if (seconds < 9.95) return `${trimZeros(seconds.toPrecision(2))}${space}s`;
  if (seconds < 59.5) return `${Math.round(seconds)}${space}s`;
  const whole = Math.round(seconds);
  return [Math.floor(whole / 60), 'min', String(whole % 60).padStart(2, '0'), 's'].join(space);
}

/** How this run's scores are written: probabilities in percent, logits as figures. */
export function scoreFormat({ options }: Report): { readonly name: string; readonly write: (score: Maybe) => string } {
  return options.score === 'logit' ? { name: 'logit', write: figure } : { name: 'probability', write: percent };
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** `1 iteration`, `15 iterations`. */
export function count(n: number, noun: string): string {
  return `${figure(n)} ${noun}${n === 1 ? '' : 's'}`;
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function superscript(power: string): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return power
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => digits[Number(digit)] as string);
}
