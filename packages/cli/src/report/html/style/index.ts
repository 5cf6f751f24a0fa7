import { colourTable } from 'igos/pictures';
import { chartStyle } from './charts.ts';
import { pageStyle } from './page.ts';
import { printStyle } from './print.ts';
import { tokens } from './tokens.ts';
import { viewerStyle } from './viewer.ts';

/** The page's style sheet. `ratio` is width over height of the photo. */
export function styleSheet(ratio: number): string {
  const measured = `:root { --photo-ratio: ${ratio.toFixed(4)}; --heat-colours: linear-gradient(to right, ${heatColours()}); }`;
  return [tokens, measured, pageStyle, viewerStyle, chartStyle, printStyle].join('\n');
}

/** Seventeen colours of the map, enough for a smooth scale. */
function heatColours(): string {
  const stops = Array.from({ length: 17 }, (_, i) => 3 * Math.round((255 * i) / 16));
  return stops.map((at) => `rgb(${colourTable.subarray(at, at + 3).join(' ')})`).join(', ');
}
