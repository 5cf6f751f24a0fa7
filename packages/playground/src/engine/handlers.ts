import { imageGradient, maskGradient } from './handlers/gradients.ts';
import { compareBaselines, masked, terms } from './handlers/masks.ts';
import { open } from './handlers/open.ts';
import { pathGradient, pathTotals } from './handlers/path.ts';
import { along, metrics, run } from './handlers/run.ts';

/** All that the page can ask the engine for. */
export const handlers = {
  open,
  masked,
  terms,
  compareBaselines,
  imageGradient,
  maskGradient,
  pathGradient,
  pathTotals,
  run,
  metrics,
  along,
};

export type EngineHandlers = typeof handlers;
