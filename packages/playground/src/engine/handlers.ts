import { imageGradient, maskGradient, pathGradient } from './handlers/gradients.ts';
import { judge } from './handlers/judge.ts';
import { compareBaselines, masked } from './handlers/masks.ts';
import { open } from './handlers/open.ts';
import { along, metrics, run } from './handlers/run.ts';

/** All that the page can ask the engine for. */
export const handlers = {
  open,
  masked,
  compareBaselines,
  imageGradient,
  maskGradient,
  pathGradient,
  run,
  metrics,
  along,
  judge,
};

export type EngineHandlers = typeof handlers;
