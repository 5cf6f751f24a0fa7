/** Part of the page's script: a crosshair in each chart, which reads out the row of its table under the pointer. */
export const chartsScript = `
function startCharts() {
  for (const figure of document.querySelectorAll('.chart')) startChart(figure);
}

/** @param {Element} figure */
function startChart(figure) {
  const plot = figure.querySelector('.plot');
  const crosshair = figure.querySelector('.crosshair');
  const readout = figure.querySelector('.chart-readout');
  const rows = [...figure.querySelectorAll('tbody tr')].filter((row) => row instanceof HTMLTableRowElement);
  const names = [...figure.querySelectorAll('thead th')].map((cell) => cell.textContent);
  if (!plot || !crosshair || !readout || rows.length === 0) return;
  const usual = readout.textContent;

  plot.addEventListener('pointermove', (event) => {
    const share = shareOf(plot, event);
    const distances = rows.map((row) => Math.abs(Number(row.dataset.x) - share));
    const row = rows[distances.indexOf(Math.min(...distances))];
    crosshair.setAttribute('x', 100 * Number(row.dataset.x) + '%');
    crosshair.classList.add('shown');
    readout.textContent = [...row.cells].map((cell, i) => names[i] + ' ' + cell.textContent).join(' · ');
  });
  plot.addEventListener('pointerleave', () => {
    crosshair.classList.remove('shown');
    readout.textContent = usual;
  });
  if (figure.classList.contains('by-iteration')) {
    plot.addEventListener('click', (event) => {
      document.dispatchEvent(new CustomEvent('choose-iteration', { detail: shareOf(plot, event) }));
    });
  }
}

/**
 * How far from left to right the pointer is over the plot, 0 to 1.
 * @param {Element} plot
 * @param {Event} event
 */
function shareOf(plot, event) {
  const box = plot.getBoundingClientRect();
  const x = event instanceof MouseEvent ? event.clientX : box.left;
  return Math.min(1, Math.max(0, (x - box.left) / box.width));
}
`;
