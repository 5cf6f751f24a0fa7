/** The pictures and the player that follows the reader while the run is on the screen. */
export const viewerStyle = `
.pictures {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: var(--gap);
  align-items: start;
  max-inline-size: max(26rem, calc(var(--photo-ratio) * 135vh));
}
.pictures .main { grid-column: 1 / -1; }
@media (min-width: 46rem) {
  .pictures { grid-template-columns: 2fr 1fr; grid-template-rows: auto 1fr; }
  .pictures .main { grid-column: 1; grid-row: 1 / span 2; }
}

.pictures canvas, .pictures img {
  display: block;
  inline-size: 100%;
  block-size: auto;
  max-block-size: 92vh;
  object-fit: contain;
  border-radius: 0.375rem;
  background: var(--line);
}
.pictures figcaption { font-size: 0.875rem; color: var(--soft); padding-block-start: 0.4rem; }
.pictures figcaption strong { color: var(--ink); font-variant-numeric: tabular-nums; }

.scale { display: flex; align-items: center; gap: 0.6rem; font-variant-numeric: tabular-nums; min-block-size: 1.6em; }
.scale .colours { flex: 1; block-size: 0.6rem; border-radius: 0.3rem; background: var(--heat-colours); forced-color-adjust: none; }
.scale span:not(.colours) { min-inline-size: 3rem; }
.scale span:last-child { text-align: end; }
.scale-name { text-align: center; margin: 0; max-inline-size: none; font-size: 0.8125rem; }
.settings { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; margin-block: 0.5rem; color: var(--ink); }
.settings input[type='range'] { flex: 1 1 8rem; }
.switch { display: inline-flex; align-items: center; gap: 0.5rem; margin: 0; }
.switch label { padding-block: 0.25rem; }
.words { margin: 0.25rem 0 0; min-block-size: 3.2em; }

input[type='range'] { accent-color: var(--accent); block-size: 2rem; margin: 0; min-inline-size: 0; }
input[type='checkbox'] { accent-color: var(--accent); inline-size: 1.15rem; block-size: 1.15rem; margin: 0; flex: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.2rem; }

.player {
  position: sticky;
  inset-block: 0;
  z-index: 1;
  display: grid;
  grid-template-columns: auto 1fr;
  align-items: center;
  gap: 0.4rem 1rem;
  margin-block: var(--gap) clamp(2rem, 5vw, 3.5rem);
  padding: 0.75rem 0;
  background: var(--paper);
  border-block: 1px solid var(--line);
}
.player button {
  inline-size: 2.75rem;
  block-size: 2.75rem;
  padding: 0;
  border: 1px solid transparent;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
  cursor: pointer;
}
.player svg { inline-size: 1.5rem; block-size: 1.5rem; fill: currentColor; display: block; margin: auto; }
.player .icon-pause, .player .playing .icon-play { display: none; }
.player .playing .icon-pause { display: inline; }
.player input { inline-size: 100%; }
.readout { grid-column: 1 / -1; display: grid; grid-template-columns: 6rem 6rem 8rem 1fr; gap: 0.25rem 1.5rem; font-size: 0.875rem; line-height: 1.35; }
.readout dt { color: var(--soft); }
.readout dd { font-variant-numeric: tabular-nums; min-block-size: 1.35em; }
.player .note { grid-column: 1 / -1; margin: 0; }
@media (max-width: 45.99rem) {
  .readout { grid-template-columns: repeat(3, auto); gap: 0 0.75rem; font-size: 0.8125rem; }
  .readout div:last-child { grid-column: 1 / -1; }
  .readout div:last-child dt { display: none; }
}
`;
