import { imageGradient, maskGradient, pathGradient } from './handlers/gradients.ts';
import { compareBaselines, masked, saliency } from './handlers/masks.ts';
import { open } from './handlers/open.ts';
import { along, metrics, run } from './handlers/run.ts';

/** All that the page can ask the engine for. */
export const handlers = {
  open,
  masked,
  saliency,
  compareBaselines,
  imageGradient,
  maskGradient,
  pathGradient,
  run,
  metrics,
  along,
};

export type EngineHandlers = typeof handlers;
