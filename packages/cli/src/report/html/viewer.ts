import type { Report } from '../report.ts';
import { scoreFormat } from './format.ts';
import type { FrameSequence } from './frames.ts';
import type { Picture, ReportInput } from './input.ts';
import { html, type Markup, trusted } from './markup.ts';
import { readoutNames } from './page-data.ts';

/** Heading of the pictures; a random map claims nothing. */
export function picturesTitle({ options }: Report): string {
  return options.method === 'random' ? 'A map drawn at random' : 'What the network used';
}

/** The pictures: heat over the photo, what is left of it, and the photo itself. */
export function pictures({ report, photo, baseline, maps }: ReportInput): Markup {
  const masked = baseline && maps.kind === 'keep-masks';
  return html`
<div class="pictures">
  <figure class="main">
    ${canvas('heat-canvas', photo, 'Heatmap over the photo')}
    <figcaption>
      <div class="scale"><span id="legend-low"></span><span class="colours" aria-hidden="true"></span><span id="legend-high"></span></div>
      <p class="scale-name">saliency, from cold to hot</p>
      <div class="settings">
        <label for="opacity">Heat</label>
        <input type="range" id="opacity" min="0" max="100" value="75" aria-valuetext="75 percent">
        ${
          maps.kind === 'keep-masks' &&
          html`
        <span class="switch"><input type="checkbox" id="stretch" checked><label for="stretch">Stretch colours to this map</label></span>`
        }
      </div>
      <p id="map-words" class="words"></p>
    </figcaption>
  </figure>
  ${
    masked &&
    html`
  <figure>
    ${canvas('masked-canvas', photo, 'The photo with its salient part replaced by the baseline')}
    <figcaption>What the network sees now: <strong id="masked-score"></strong></figcaption>
  </figure>`
  }
  <figure>
    ${picture(photo, { id: 'photo', text: `The photo ${report.image.file}, as the network was given it` })}
    <figcaption>The photo: <strong>${scoreFormat(report).write(report.target.score)}</strong></figcaption>
  </figure>
</div>
<noscript><p class="note">Heat and sliders need JavaScript, which is off. Numbers, curves and tables do not, and
overlay.png beside this file shows the final map.</p></noscript>`;
}

/** Slider and play button; nothing to play where there is a single map. */
export function player(report: Report, { frames }: FrameSequence): Markup {
  if (report.iterations.length === 0) return html``;
  return html`
<div class="player" role="group" aria-label="Iterations">
  <button type="button" id="play" aria-label="Play the iterations"><svg viewBox="0 0 24 24" aria-hidden="true">
    <path class="icon-play" d="M8 5v14l11-7z"/><path class="icon-pause" d="M7 5h4v14H7zM13 5h4v14h-4z"/></svg></button>
  <input type="range" id="iteration" min="0" max="${frames.length - 1}" value="${frames.length - 1}" step="1" aria-label="Iteration">
  <dl class="readout">${readoutNames(report).map(
    (name, i) => html`<div><dt>${name}</dt><dd id="readout-${i}"></dd></div>`,
  )}</dl>
  ${
    frames.length <= report.iterations.length &&
    html`
  <p class="note">The slider stops at ${frames.length} of ${report.iterations.length + 1} masks, which keeps this page small.</p>`
  }
</div>`;
}

/** A picture inside the page; width and height keep its place before it is decoded. */
export function picture({ type, bytes, width, height }: Picture, { id, text }: { id: string; text: string }): Markup {
  const data = trusted(Buffer.from(bytes).toString('base64'));
  return html`<img id="${id}" src="data:${type};base64,${data}" width="${width}" height="${height}" alt="${text}">`;
}

function canvas(id: string, { width, height }: Picture, text: string): Markup {
  return html`<canvas id="${id}" width="${width}" height="${height}" role="img" aria-label="${text}"></canvas>`;
}
