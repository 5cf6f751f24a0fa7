import { html, type Markup, type Part } from './markup.ts';

/** A row of a table; `x` is its place on the x axis of the chart beside it. */
export interface Row {
  readonly x?: number;
  readonly cells: readonly Part[];
}

/** A table of numbers that scrolls within its own frame where the screen is narrow. */
export function numberTable(spec: {
  readonly caption: Part;
  readonly columns: readonly Part[];
  readonly rows: readonly Row[];
}): Markup {
  return html`
<div class="scroll" role="region" aria-label="${spec.caption}" tabindex="0">
<table>
  <caption>${spec.caption}</caption>
  <thead><tr>${spec.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
  <tbody>${spec.rows.map(tableRow)}</tbody>
</table>
</div>`;
}

function tableRow({ x, cells }: Row): Markup {
  const [first, ...others] = cells;
  return html`
    <tr${x !== undefined && html` data-x="${Number(x.toFixed(5))}"`}><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}
