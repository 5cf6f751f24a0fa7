import { chartsScript } from './charts.ts';
import { elementsScript } from './elements.ts';
import { mapsScript } from './maps.ts';
import { paintScript } from './paint.ts';
import { picturesScript } from './pictures.ts';
import { playerScript } from './player.ts';

const startScript = `
/** @returns {PageData} */
function readData() {
  return JSON.parse(document.getElementById('page-data')?.textContent ?? '');
}

/** Shows every table on paper, and folds them again afterwards. */
function unfoldForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = [...document.querySelectorAll('details')].filter((part) => !part.open);
    for (const part of unfolded) part.open = true;
  });
  addEventListener('afterprint', () => {
    for (const part of unfolded) part.open = false;
  });
}

startCharts();
unfoldForPrint();
const pageData = readData();
preparePictures(pageData).then((showPicture) => {
  if (document.getElementById('iteration')) startPlayer(pageData, showPicture);
  else showPicture(pageData.frames[0]);
});
`;

/** The whole script of the page: the same text for every report, so that a hash can vouch for it. */
export const pageScript = `(() => {
'use strict';
${[elementsScript, mapsScript, paintScript, picturesScript, playerScript, chartsScript, startScript].join('')}
})();
`;
