import { createHash } from 'node:crypto';
import { metricsSection } from './html/curves.ts';
import { factsSection } from './html/facts.ts';
import { framesOf } from './html/frames.ts';
import { guide } from './html/guide.ts';
import { pageHeader, windowTitle } from './html/header.ts';
import { checkInput, type ReportInput } from './html/input.ts';
import { lineSearchTable } from './html/line-search.ts';
import { html, jsonForScript, type Markup, trusted } from './html/markup.ts';
import { notices } from './html/notices.ts';
import { objectiveChart } from './html/objective.ts';
import { pageData } from './html/page-data.ts';
import { pageScript } from './html/script/index.ts';
import { styleSheet } from './html/style/index.ts';
import { picture, pictures, picturesTitle, player } from './html/viewer.ts';

export type { Picture, ReportInput, RunMaps } from './html/input.ts';

/**
 * The report of one run as a single page of HTML: opens from disk, needs no network, and stays below 2 MB when its
 * pictures come from `encodePicture`. Names and labels are escaped wherever they stand.
 *
 * @throws RangeError when the maps do not belong to the report
 */
export function renderReport(input: ReportInput): string {
  checkInput(input);
  const { report, photo, baseline, maps, command } = input;
  const sequence = framesOf(maps);
  const style = styleSheet(photo.width / photo.height);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(style, pageScript)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${windowTitle(report)}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<main>
${pageHeader(report)}
${notices(report)}
<section class="block" aria-labelledby="pictures-heading">
  <h2 id="pictures-heading">${picturesTitle(report)}</h2>
  ${pictures(input)}
  ${player(report, sequence)}
  ${report.iterations.length > 0 && html`<div class="steps">${objectiveChart(report)}${lineSearchTable(report, sequence)}</div>`}
</section>
${guide(report)}
${metricsSection(report)}
${factsSection(report, {
  ...(command !== undefined && { command }),
  baselinePicture: baseline && picture(baseline, { id: 'baseline', text: `The ${report.baseline.kind} baseline` }),
})}
<footer>Written by igos. This page holds all it needs and asks the network for nothing.</footer>
</main>
<script type="application/json" id="page-data">${jsonForScript(pageData(report, sequence))}</script>
<script>${trusted(pageScript)}</script>
</body>
</html>
`;
  return page.text;
}

/**
 * Allows this page's own style sheet and script, by their hashes, and pictures written into it. Anything else, a
 * request or a script that slipped into a name, is refused by the browser.
 */
function contentPolicy(style: string, script: string): Markup {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return trusted(
    `default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
  );
}
