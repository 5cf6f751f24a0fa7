import { colourTable } from 'igos/pictures';
import type { Report } from '../report.ts';
import { share } from './chart.ts';
import { figure, percent, scoreFormat } from './format.ts';
import type { Frame, FrameSequence } from './frames.ts';
import { searchOutcome } from './line-search.ts';
import { describeMap } from './map-words.ts';

/** What the page's script reads: maps as bytes, everything that is shown beside them as finished text. */
export function pageData(report: Report, sequence: FrameSequence) {
  return {
    rows: sequence.rows,
    columns: sequence.columns,
    colours: base64(colourTable),
    frames: sequence.frames.map((frame) => frameData(report, sequence, frame)),
  };
}

/** What the slider shows besides the pictures, in the order of `readout`. */
export function readoutNames(report: Report): string[] {
  return ['iteration', scoreFormat(report).name, 'area replaced', 'line search'];
}

function frameData(report: Report, sequence: FrameSequence, frame: Frame) {
  const { iterations } = report;
  const { low, high, bytes, at } = frame;
  const row = iterations[at - 1];
  const terms = row ?? report.start;
  const { name, write } = scoreFormat(report);
  const outcome = row ? searchOutcome(row) : 'not yet';
  const place = `${figure(at)} of ${figure(iterations.length)}`;
  return {
    bytes: base64(bytes),
    low,
    high,
    lowText: figure(low),
    highText: figure(high),
    words: describeMap(sequence, frame),
    position: share(iterations.length > 0 ? at / iterations.length : 1),
    score: write(terms?.score),
    spoken: `iteration ${place}, ${name} ${write(terms?.score)}, area replaced ${percent(terms?.l1)}`,
    readout: [place, write(terms?.score), percent(terms?.l1), outcome],
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
