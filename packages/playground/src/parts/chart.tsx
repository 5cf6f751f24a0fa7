import { useId } from 'preact/hooks';
import { figure, punctuation } from '../words/language.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** `line` joins the points; `dots` marks them; both is the default. */
  readonly marks?: 'line' | 'dots' | 'both';
  /** What marks a point; a disc is the default. Series that may be confused differ in it, not in their colour alone. */
  readonly shape?: Shape;
  /** Which of the colours of the page, 1 to 4. */
  readonly colour: 1 | 2 | 3 | 4;
  readonly dashed?: boolean;
}

type Shape = 'disc' | 'ring' | 'cross' | 'square' | 'diamond';

interface Axis {
  readonly label: string;
  readonly range: readonly [low: number, high: number];
  readonly logarithmic?: boolean;
  readonly format?: (value: number) => string;
}

const [width, height] = [360, 220];
const margin = { left: 48, right: 20, top: 10, bottom: 38 };

/** Lines and points on two axes, with a table of the same numbers for those who do not see it. */
export function Chart({
  title,
  x,
  y,
  series,
  cursor,
}: {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** A place on the x axis that is marked. */
  readonly cursor?: number | undefined;
}) {
  const id = useId();
  const across = scale(x, [margin.left, width - margin.right]);
  const up = scale(y, [height - margin.bottom, margin.top]);
  const bottom = height - margin.bottom;
  return (
    <figure class="chart">
      <div class="upward">{y.label}</div>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={id}>
        <title id={id}>{title}</title>
        {ticks(y).map((value) => (
          <g key={value} class="tick">
            <line x1={margin.left} x2={width - margin.right} y1={up(value)} y2={up(value)} />
            <text x={margin.left - 6} y={up(value) + 4} text-anchor="end">
              {(y.format ?? figure)(value)}
            </text>
          </g>
        ))}
        {ticks(x).map((value) => (
          <text key={value} x={across(value)} y={bottom + 16} text-anchor="middle">
            {(x.format ?? figure)(value)}
          </text>
        ))}
        <text class="axis" x={(margin.left + width - margin.right) / 2} y={height - 4} text-anchor="middle">
          {x.label}
        </text>
        {cursor !== undefined && (
          <line class="cursor" x1={across(cursor)} x2={across(cursor)} y1={margin.top} y2={bottom} />
        )}
        <clipPath id={`${id}-area`}>
          <rect
            x={margin.left}
            y={margin.top}
            width={width - margin.left - margin.right}
            height={bottom - margin.top}
          />
        </clipPath>
        {series.map((one) => (
          <Plot key={one.name} series={one} {...{ across, up }} area={`url(#${id}-area)`} />
        ))}
      </svg>
      {series.length > 1 && (
        <figcaption>
          <ul class="legend">
            {series.map((one) => (
              <li key={one.name} data-colour={one.colour}>
                <Sample series={one} />
                {one.name}
              </li>
            ))}
          </ul>
        </figcaption>
      )}
      <Numbers {...{ title, x, series }} />
    </figure>
  );
}

type Scale = (value: number) => number;

function Plot({
  series,
  across,
  up,
  area,
}: {
  readonly series: Series;
  readonly across: Scale;
  readonly up: Scale;
  /** What lines are cut to. */
  readonly area: string;
}) {
  const { points, marks = 'both', shape = 'disc', colour, dashed } = series;
  const placed = points.filter((point) => point.every(Number.isFinite)).map(([x, y]) => [across(x), up(y)] as const);
  const path = placed.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');
  return (
    <g class="plot" data-colour={colour}>
      {marks !== 'dots' && (
        <polyline
          points={path}
          clip-path={area}
          stroke-dasharray={dashed ? '5 4' : undefined}
          data-name={series.name}
        />
      )}
      {marks !== 'line' && placed.map(([x, y]) => <Mark key={`${x} ${y}`} {...{ x, y, shape }} />)}
    </g>
  );
}

const outlines: Readonly<Record<Shape, string>> = {
  disc: 'M -3 0 A 3 3 0 1 0 3 0 A 3 3 0 1 0 -3 0 Z',
  ring: 'M -5 0 A 5 5 0 1 0 5 0 A 5 5 0 1 0 -5 0 Z',
  cross: 'M -3.5 -3.5 L 3.5 3.5 M -3.5 3.5 L 3.5 -3.5',
  square: 'M -3 -3 H 3 V 3 H -3 Z',
  diamond: 'M 0 -4 L 4 0 L 0 4 L -4 0 Z',
};

function Mark({ x, y, shape }: { readonly x: number; readonly y: number; readonly shape: Shape }) {
  return (
    <path
      class="mark"
      data-shape={shape}
      d={outlines[shape]}
      transform={`translate(${x.toFixed(2)} ${y.toFixed(2)})`}
    />
  );
}

/** What a series looks like, for the legend. */
function Sample({ series: { marks = 'both', shape = 'disc', dashed } }: { readonly series: Series }) {
  return (
    <svg class="plot" viewBox="0 0 24 12" aria-hidden="true">
      {marks !== 'dots' && <polyline points="1,6 23,6" stroke-dasharray={dashed ? '5 4' : undefined} />}
      {marks !== 'line' && <Mark x={12} y={6} shape={shape} />}
    </svg>
  );
}

/** The numbers as a table that only screen readers meet; long lines are told at some of their places. */
function Numbers({
  title,
  x,
  series,
}: {
  readonly title: string;
  readonly x: Axis;
  readonly series: readonly Series[];
}) {
  return (
    <div class="unseen">
      <table>
        <caption>{title}</caption>
        <tbody>
          {series.map(({ name, points }) =>
            thinned(points).map(([at, value]) => (
              <tr key={`${name} ${at}`}>
                <th scope="row">
                  {name + punctuation.value.comma + x.label} {(x.format ?? figure)(at)}
                </th>
                <td>{figure(value)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

const toldPlaces = 12;

function thinned<T>(points: readonly T[]): readonly T[] {
  const stride = Math.max(1, Math.ceil(points.length / toldPlaces));
  return points.filter((_, i) => i % stride === 0 || i === points.length - 1);
}

function scale({ range: [low, high], logarithmic }: Axis, [from, to]: readonly [number, number]): Scale {
  const place = logarithmic ? Math.log : (value: number) => value;
  const span = place(high) - place(low) || 1;
  return (value) => from + ((place(value) - place(low)) / span) * (to - from);
}

/** A few round numbers inside the range. */
function ticks({ range: [low, high], logarithmic }: Axis): number[] {
  if (logarithmic) {
    const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const stride = Math.max(1, Math.ceil((last - first + 1) / 6));
    return Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_, i) => 10 ** (first + i * stride));
  }
  const rough = (high - low) / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}
