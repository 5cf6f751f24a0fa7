/** Part of the page's script: the elements it works on. All of them are there, or the page is broken. */
export const elementsScript = `
/** @param {string} id */
function canvas(id) {
  const element = document.getElementById(id);
  if (!(element instanceof HTMLCanvasElement)) throw new Error('the page has no canvas ' + id);
  return element;
}

/** @param {string} id */
function image(id) {
  const element = document.getElementById(id);
  if (!(element instanceof HTMLImageElement)) throw new Error('the page has no picture ' + id);
  return element;
}

/** @param {string} id */
function field(id) {
  const element = document.getElementById(id);
  if (!(element instanceof HTMLInputElement)) throw new Error('the page has no field ' + id);
  return element;
}

/**
 * @param {string} id
 * @param {string} text
 */
function setText(id, text) {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}

/** @param {HTMLCanvasElement} sheet */
function contextOf(sheet) {
  const context = sheet.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser cannot draw on a canvas');
  return context;
}
`;
