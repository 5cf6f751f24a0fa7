/** Charts and tables. */
export const chartStyle = `
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 2rem clamp(1.5rem, 4vw, 3rem); }

.chart h3 { display: flex; justify-content: space-between; gap: 1rem; }
.measure { font-weight: 400; color: var(--soft); font-variant-numeric: tabular-nums; }
.axis-name { margin: 0 0 0.5rem; font-size: 0.8125rem; color: var(--soft); max-inline-size: none; }
.axis-name.x { margin: 1.6rem 0 0; text-align: end; }
.plot { display: block; overflow: visible; inline-size: calc(100% - 3.25rem); block-size: 13rem; margin-inline-start: 3.25rem; touch-action: pan-y; }
.by-iteration .plot { block-size: 16rem; cursor: pointer; }
.plot svg { overflow: visible; }
.plot text { font-size: 0.8125rem; fill: var(--soft); font-variant-numeric: tabular-nums; }
.plot .mark { font-size: 1.1rem; fill: var(--ink); }
.plot line { stroke: var(--line); vector-effect: non-scaling-stroke; }
.ground { fill: transparent; }
.curve { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.area { fill: currentColor; fill-opacity: 0.16; stroke: none; }
.score, .deletion, .insertion { color: var(--score); }
.l1 { color: var(--l1); }
.tv { color: var(--tv); }
.curve.l1 { stroke-dasharray: 6 4; }
.curve.tv { stroke-dasharray: 2 4; }
.plot line.level { stroke: var(--soft); stroke-dasharray: 3 4; }
.plot .level-name { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.plot line.now { stroke: var(--ink); stroke-width: 2; }
.crosshair { visibility: hidden; }
.crosshair.shown { visibility: visible; }
.plot .crosshair line { stroke: var(--accent); }
.chart-readout { font-size: 0.875rem; margin-block: 0.75rem 0.5rem; min-block-size: 1.6em; font-variant-numeric: tabular-nums; }
@media (max-width: 45.99rem) { .chart-readout { min-block-size: 4.8em; } }

.legend { list-style: none; margin: 0.75rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; font-size: 0.875rem; }
.legend li { display: flex; align-items: center; gap: 0.5rem; }
.swatch { inline-size: 1.5rem; block-size: 0; border-block-start: 3px solid currentColor; }
.swatch.l1 { border-block-start-style: dashed; }
.swatch.tv { border-block-start-style: dotted; }

summary { cursor: pointer; color: var(--soft); font-size: 0.875rem; padding-block: 0.25rem; inline-size: fit-content; }
.scroll { overflow: auto; max-block-size: 26rem; border: 1px solid var(--line); border-radius: 0.25rem; background: var(--panel); }
table { border-collapse: collapse; inline-size: 100%; font-size: 0.875rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { position: absolute; clip-path: inset(50%); }
th, td { padding: 0.35rem 0.75rem; text-align: end; white-space: nowrap; }
thead th { position: sticky; inset-block-start: 0; background: var(--panel); font-weight: 600; border-block-end: 1px solid var(--line); }
tbody th { font-weight: 400; color: var(--soft); }
th[scope='rowgroup'] { text-align: start; color: var(--ink); font-weight: 600; padding-block-start: 0.75rem; }
td.none { text-align: start; color: var(--soft); }
.accepted { background: var(--passed); }
.accepted td:last-child { font-weight: 650; }
tbody[hidden] { display: none; }

.steps { display: grid; grid-template-columns: minmax(0, 1fr); gap: clamp(2rem, 5vw, 3.5rem); }
.search .switch { margin-block-end: 1rem; }
`;
