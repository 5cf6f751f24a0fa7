import { area } from './handlers/area.ts';
import { adapters, speed } from './handlers/engines.ts';
import { explanation, overlayFile } from './handlers/explanation.ts';
import { imageGradient, maskGradient, mixtures } from './handlers/gradients.ts';
import { judge } from './handlers/judge.ts';
import { layer, layers } from './handlers/layers.ts';
import { compareBaselines, compareBlurs, masked, saliency, terms } from './handlers/masks.ts';
import { open } from './handlers/open.ts';
import { checkBaseline, checkModel, checkPhoto, readMask } from './handlers/own-files.ts';
import { pathGradient, pathTotals } from './handlers/path.ts';
import { plan } from './handlers/plan.ts';
import { along, metrics, run } from './handlers/run.ts';
import { twoCells } from './handlers/two-cells.ts';

/** All that the page can ask the engine for. */
export const handlers = {
  open,
  adapters,
  speed,
  masked,
  terms,
  saliency,
  compareBaselines,
  compareBlurs,
  imageGradient,
  maskGradient,
  mixtures,
  pathGradient,
  pathTotals,
  run,
  metrics,
  along,
  twoCells,
  judge,
  checkPhoto,
  checkModel,
  checkBaseline,
  readMask,
  explanation,
  overlayFile,
  area,
  plan,
  layers,
  layer,
};

export type EngineHandlers = typeof handlers;
