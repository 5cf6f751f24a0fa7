/** The sheet of paper: type, spacing, header, notices and facts. */
export const pageStyle = `
*, *::before, *::after { box-sizing: border-box; }

html {
  scroll-padding-block: 7rem;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}

body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.6 var(--sans);
  overflow-wrap: anywhere;
}

main {
  max-inline-size: 70rem;
  margin-inline: auto;
  padding: clamp(1.5rem, 5vw, 3.5rem) clamp(1rem, 4vw, 2.5rem) 3rem;
}

h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.15; letter-spacing: -0.01em; text-wrap: balance; }
h1 { font-size: clamp(2.1rem, 6vw, 3.4rem); margin: 0.15em 0 0.35em; }
h2 { font-size: clamp(1.5rem, 3.2vw, 2rem); margin: 0 0 0.6em; }
h3 { font-size: 1rem; font-weight: 650; line-height: 1.35; margin: 0 0 0.5em; }
p { margin: 0 0 1em; max-inline-size: 42rem; }
a { color: var(--accent); }
dl, dd, dt, figure { margin: 0; }

.block { margin-block-end: clamp(2.5rem, 6vw, 4.5rem); }
.overline { margin: 0; color: var(--soft); font-size: 0.925rem; }
.lead { font-size: clamp(1.05rem, 1.7vw, 1.2rem); color: var(--soft); max-inline-size: 52rem; }
.lead strong { color: var(--ink); font-weight: 650; }
.note, .scale-name, .words { color: var(--soft); font-size: 0.875rem; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1.25rem var(--gap); margin-block-start: 1.75rem; }
.figures > div { border-block-start: 1px solid var(--line); padding-block-start: 0.75rem; }
.figures dt { font-size: 0.875rem; font-weight: 600; }
.figures dt::first-letter { text-transform: uppercase; }
.figures dd { font-size: 0.875rem; color: var(--soft); }
.figures .value { font: 600 clamp(1.4rem, 3vw, 1.9rem)/1.3 var(--serif); color: var(--ink); font-variant-numeric: lining-nums tabular-nums; }
.arrow { color: var(--soft); font-weight: 400; }

@media (max-width: 45.99rem) {
  .figures { grid-template-columns: repeat(3, 1fr); }
  .figures > div:first-child { grid-column: 1 / -1; }
}

header:has(+ .notices) { margin-block-end: 2.25rem; }
.notices {
  margin-block: 0 clamp(2rem, 5vw, 3.5rem);
  padding: 1.25rem clamp(1rem, 3vw, 1.75rem);
  background: var(--warn-ground);
  border-inline-start: 4px solid var(--warn);
  border-radius: 0.25rem;
}
.notices h2 { font: 650 1rem/1.35 var(--sans); letter-spacing: 0; color: var(--warn); margin-block-end: 0.5rem; }
.notices ul { margin: 0; padding-inline-start: 1.2rem; max-inline-size: 52rem; }
.notices li + li { margin-block-start: 0.5rem; }

.guide ul { margin: 0; padding: 0; list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1.25rem clamp(1.5rem, 4vw, 3rem); }
.guide strong { display: block; }
.guide li { color: var(--soft); }
.guide li strong { color: var(--ink); }

.fact-groups { columns: 3 17rem; column-gap: clamp(1.5rem, 4vw, 3rem); }
.fact-group { break-inside: avoid; margin-block-end: 2rem; }
.fact-group.settings-used { margin-block-start: 1rem; }
.fact-group.settings-used dl { columns: 3 17rem; column-gap: clamp(1.5rem, 4vw, 3rem); }
.fact-group h3 { border-block-end: 1px solid var(--line); padding-block-end: 0.4rem; }
.fact-group img { inline-size: 7rem; block-size: auto; max-block-size: 12rem; object-fit: contain; border-radius: 0.25rem; display: block; margin-block-end: 0.5rem; }
.fact-group dl > div { display: flex; justify-content: space-between; gap: 1rem; font-size: 0.875rem; padding-block: 0.15rem; break-inside: avoid; }
.fact-group dt { color: var(--soft); flex: none; max-inline-size: 60%; }
.fact-group dd { text-align: end; font-variant-numeric: tabular-nums; }

.command { font: 0.85rem/1.5 var(--mono); padding: 0.9rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.25rem; overflow-x: auto; margin: 0 0 2rem; white-space: pre-wrap; }

footer { border-block-start: 1px solid var(--line); padding-block-start: 1rem; color: var(--soft); font-size: 0.875rem; }
`;
