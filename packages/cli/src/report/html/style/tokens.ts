/** Colours, measures and type of the page: light, dark, and the reader's own in forced colours. */
export const tokens = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8;
  --panel: #ffffff;
  --ink: #211e24;
  --soft: #615b66;
  --line: #e3ded8;
  --accent: #7e03a8;
  --on-accent: #ffffff;
  --score: #6a1fb0;
  --l1: #c2356f;
  --tv: #d4731c;
  --warn: #8a4b00;
  --warn-ground: #fff4e2;
  --passed: #f4ecf8;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', P052, ui-serif, Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace;
  --gap: clamp(1rem, 2.5vw, 1.75rem);
}

@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #151317;
    --panel: #1d1a20;
    --ink: #ece8ee;
    --soft: #aaa2b0;
    --line: #353039;
    --accent: #d79bf5;
    --on-accent: #22042e;
    --score: #b98af0;
    --l1: #f0719f;
    --tv: #f2a25a;
    --warn: #ffc888;
    --warn-ground: #33240f;
    --passed: #2b2033;
  }
}

@media (forced-colors: active) {
  :root {
    --paper: Canvas;
    --panel: Canvas;
    --ink: CanvasText;
    --soft: CanvasText;
    --line: CanvasText;
    --accent: Highlight;
    --on-accent: HighlightText;
    --score: CanvasText;
    --l1: CanvasText;
    --tv: CanvasText;
    --warn: CanvasText;
    --warn-ground: Canvas;
    --passed: Canvas;
  }
}

@media print {
  :root { color-scheme: light; }
}
`;
