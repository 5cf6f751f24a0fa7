/** On paper: no controls, nothing cut off, every table whole. */
export const printStyle = `
@media print {
  main { max-inline-size: none; padding: 0; }
  .player { position: static; border: 0; }
  .player button, input, .settings, .search .switch, summary { display: none; }
  .pictures { max-inline-size: 34rem; }
  .scroll { max-block-size: none; overflow: visible; border: 0; }
  thead th { position: static; }
  tbody[hidden] { display: table-row-group; }
  .chart, .pictures figure, .notices, tr { break-inside: avoid; }
  .colours, .accepted, .swatch, .area, .notices { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
