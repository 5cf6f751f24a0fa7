/** Fills the page: for now it says what the project is. */
function introduce(page: HTMLElement): void {
  const title = document.createElement('h1');
  title.textContent = 'I-GOS';

  const summary = document.createElement('p');
  summary.textContent =
    'Integrated-Gradients Optimized Saliency: which pixels of a photo does a convolutional network’s decision rest on?';

  page.replaceChildren(title, summary);
}

const page = document.querySelector<HTMLElement>('#page');
if (page) introduce(page);
