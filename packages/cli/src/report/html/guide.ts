import type { Report } from '../report.ts';
import { html, type Markup } from './markup.ts';

/** What the map says and what it does not, in a few honest lines. */
export function guide({ options, iterations, baseline }: Report): Markup {
  return html`
<section class="block guide" aria-labelledby="guide-heading">
  <h2 id="guide-heading">How to read this</h2>
  <ul>
    ${iterations.length > 0 ? maskLines(baseline.kind) : singleMapLine(options.method)}
    <li><strong>A low deletion area is good, a high insertion area is good.</strong> If both are low, the map is
    adversarial: it breaks the network without covering what the network saw.</li>
    <li><strong>The map is about the network, not about the world.</strong> It shows which pixels this score rests on, against
    this baseline; another baseline or target gives another map.</li>
    <li><strong>Colours are relative.</strong> They are stretched between the least and the greatest value of each map, so
    a weak map looks as bright as a strong one. Its real range stands at the ends of the colour scale${iterations.length > 0 && ', and the stretching can be switched off'}.</li>
  </ul>
</section>`;
}

function maskLines(baseline: string): Markup {
  return html`
    <li><strong>The mask says what to keep:</strong> 1 keeps a pixel, 0 replaces it with the ${baseline} baseline.
    Saliency is 1 − mask, so hot means replaced.</li>
    <li><strong>The search looks for the least that must go</strong> for the score to fall: it minimizes the score plus a
    price for area (L1) and for ragged edges (TV).</li>`;
}

function singleMapLine(method: string): Markup {
  if (method === 'random') {
    return html`<li><strong>This map is noise.</strong> What a real method finds should do clearly better in both tests.</li>`;
  }
  return html`<li><strong>Hot pixels matter most.</strong> The values come from derivatives of the score, not from trying
    what happens without a pixel; where they are negative, the pixel speaks against the class.</li>`;
}
