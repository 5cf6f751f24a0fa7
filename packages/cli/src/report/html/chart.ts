import { figure } from './format.ts';
import { html, type Markup, type Part, trusted } from './markup.ts';

/** A value on an axis, and where: 0 at its low end, 1 at its high end. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** A point of the plot, both coordinates in 0..1, y upwards. */
export type Point = readonly [x: number, y: number];

export interface ChartSpec {
  readonly id: string;
  readonly title: Part;
  /** The chart in one sentence: its text alternative, and shown below it. */
  readonly summary: string;
  readonly x: { readonly name: string; readonly ticks: readonly Tick[] };
  readonly y: { readonly name: string; readonly ticks: readonly Tick[] };
  /** Areas, lines and marks, made with `area`, `line` and `mark`. */
  readonly layers: Part;
  /** Horizontal lines that the curves are to be compared with. */
  readonly levels?: readonly Tick[];
  /** Signs on the ground of the plot. */
  readonly marks?: readonly Tick[];
  readonly legend?: Part;
  /** The numbers of the chart, `data-x` of each row its place on the x axis. */
  readonly table: Markup;
  /** The crosshair stays at the iteration of the slider, and a click moves the slider. */
  readonly byIteration?: boolean;
}

/**
 * A chart with its table. Text keeps its size on any screen: only the inner drawing is stretched, everything else is
 * placed in percent.
 */
export function chart(spec: ChartSpec): Markup {
  const { id, byIteration } = spec;
  return html`
<figure class="chart${byIteration ? ' by-iteration' : ''}" aria-labelledby="${id}-title">
  <h3 id="${id}-title">${spec.title}</h3>
  <p class="axis-name">${spec.y.name}</p>
  <svg class="plot" role="img" aria-label="${spec.summary}">
    <rect class="ground" width="100%" height="100%"/>
    ${spec.y.ticks.map(horizontalTick)}
    ${spec.x.ticks.map(
      ({ at, text }) =>
        html`<text class="tick" x="${share(at)}" y="100%" dy="1.4em" text-anchor="${anchor(at)}">${text}</text>`,
    )}
    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%">${spec.layers}</svg>
    ${(spec.levels ?? []).map(level)}
    ${(spec.marks ?? []).map(({ at, text }) => html`<text class="mark" x="${share(at)}" y="100%" dy="-0.3em" text-anchor="middle">${text}</text>`)}
    ${byIteration && html`<svg class="follows-iteration" x="100%"><line class="now" y2="100%"/></svg>`}
    <svg class="crosshair" x="0"><line y2="100%"/></svg>
  </svg>
  <p class="axis-name x">${spec.x.name}</p>
  ${spec.legend}
  <figcaption class="chart-readout">${spec.summary}</figcaption>
  <details><summary>Numbers of this chart</summary>${spec.table}</details>
</figure>`;
}

/** A curve through the points. `tone` names its colour in the style sheet. */
export function line(points: readonly Point[], tone: string): Markup {
  return html`<path class="curve ${tone}" d="${trusted(`M${points.map(coordinates).join('L')}`)}"/>`;
}

/** The area between a curve and a lower one, or the ground. */
export function area(upper: readonly Point[], tone: string, lower?: readonly Point[]): Markup {
  const [first, last] = [upper[0], upper.at(-1)];
  if (!first || !last) return html``;
  const back: readonly Point[] = lower ? [...lower].reverse() : [[last[0], 0] as const, [first[0], 0] as const];
  return html`<path class="area ${tone}" d="${trusted(`M${[...upper, ...back].map(coordinates).join('L')}Z`)}"/>`;
}

/** Maps values to 0..1 of an axis that ends on round numbers, and gives its ticks. */
export function roundAxis(values: readonly number[], { fromZero = false, write = figure } = {}) {
  const least = Math.min(...values, ...(fromZero ? [0] : []));
  const greatest = Math.max(...values, ...(fromZero ? [0] : []));
  const step = roundStep((greatest - least || Math.abs(greatest) || 1) / 4);
  const low = Math.floor(least / step + 1e-9) * step;
  const steps = Math.max(1, Math.ceil((greatest - low) / step - 1e-9));
  const ticks = Array.from({ length: steps + 1 }, (_, i) => {
    return { at: i / steps, text: write(Number((low + i * step).toPrecision(12))) };
  });
  return { place: (value: number) => (value - low) / (steps * step), ticks };
}

/** The x axis of iterations 0 … last, with at most six whole numbers on it. */
export function iterationTicks(last: number): Tick[] {
  const step = Math.max(1, Math.ceil(roundStep(last / 5)));
  const ticks = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  return ticks.map((at) => ({ at: last > 0 ? at / last : 0, text: figure(at) }));
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (roundFactors.find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10);
}

const roundFactors = [1, 2, 2.5, 5, 10];

function horizontalTick({ at, text }: Tick): Markup {
  return html`<line class="grid" x2="100%" y1="${share(1 - at)}" y2="${share(1 - at)}"/>
    <text class="tick" x="0" y="${share(1 - at)}" dx="-0.6em" dy="0.32em" text-anchor="end">${text}</text>`;
}

function level({ at, text }: Tick): Markup {
  const y = share(1 - at);
  return html`<line class="level" x2="100%" y1="${y}" y2="${y}"/>
    <text class="level-name" x="100%" y="${y}" dx="-0.4em" dy="${at > 0.9 ? '1.2em' : '-0.4em'}" text-anchor="end">${text}</text>`;
}

function anchor(at: number): string {
  if (at <= 0) return 'start';
  return at >= 1 ? 'end' : 'middle';
}

/** 0.4 as `40%`, for attributes. */
export function share(value: number): string {
  return `${Number((100 * value).toFixed(3))}%`;
}

function coordinates([x, y]: Point): string {
  return `${(1000 * x).toFixed(1)} ${(1000 * (1 - y)).toFixed(1)}`;
}
