import { imageGradient, maskGradient, mixtures, pathGradient } from './handlers/gradients.ts';
import { compareBaselines, compareBlurs, masked } from './handlers/masks.ts';
import { open } from './handlers/open.ts';
import { along, metrics, run } from './handlers/run.ts';
import { twoCells } from './handlers/two-cells.ts';

/** All that the page can ask the engine for. */
export const handlers = {
  open,
  masked,
  compareBaselines,
  compareBlurs,
  imageGradient,
  maskGradient,
  mixtures,
  pathGradient,
  run,
  metrics,
  along,
  twoCells,
};

export type EngineHandlers = typeof handlers;
