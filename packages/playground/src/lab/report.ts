import type { DeletionInsertion } from 'igos';
import type { ExplanationView } from '../engine/handlers/explanation.ts';
import { labelsFile } from './command.ts';
import type { Recipe } from './recipe.ts';

/** The run in the form of the command line's `report.json`, version 1. */
export function reportOf(recipe: Recipe, view: ExplanationView) {
  const { subject, steps, result, metrics, seconds, engine } = view;
  const { start, final, image, baseline } = result;
  const { objective, score, l1, tv } = start;
  return {
    version: 1,
    model: { name: subject.model.name, source: recipe.model, format: subject.model.format },
    image: { file: recipe.image, ...subject.photo, input: subject.image.shape },
    target: {
      ...{ index: subject.target.index, label: subject.target.label },
      ...{ score: image.score, probability: image.probability },
    },
    baseline: { kind: recipe.baseline === 'own' ? 'image' : recipe.baseline, score: baseline.score },
    options: optionsOf(recipe, view),
    backend: engine.name,
    start: { objective, score, l1, tv },
    iterations: steps.map((step) => ({
      ...{ k: step.k, objective: step.objective, score: step.score, l1: step.l1, tv: step.tv },
      ...{ l1Weight: step.l1Weight, step: step.step, trials: step.trials },
      trialLog: step.trialLog.map(({ step: tried, score, l1, tv, objective, margin }) => {
        return { step: tried, score, l1, tv, objective, margin };
      }),
      ...{ failed: step.failed, kept: step.kept, evaluations: step.evaluations },
    })),
    stopped: result.stopped,
    final: {
      ...{ objective: final.objective, score: final.score, probability: final.probability, area: final.area },
    },
    metrics: metrics ? { deletion: plain(metrics.deletion), insertion: plain(metrics.insertion) } : null,
    timing: timing(steps.at(-1)?.seconds ?? seconds, steps.length),
    warnings: result.warnings.map(({ message }) => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`),
  };
}

function optionsOf({ settings: given, ...recipe }: Recipe, { settings, subject, engine }: ExplanationView) {
  const { tvScale, lambdaSchedule, timeLimit, tolerance, ...others } = settings;
  const word = (on: boolean) => (on ? 'on' : 'off');
  const { mean, std } = subject.encoding;
  return {
    ...{ model: recipe.model, target: recipe.target, ...others },
    ...{ tvScale: word(tvScale), lambdaSchedule: word(lambdaSchedule) },
    baseline: recipe.baseline === 'own' ? recipe.baselineFile : recipe.baseline,
    ...{ score: recipe.score, ties: recipe.ties, crop: recipe.crop },
    inputScale: { mean, std },
    labels: recipe.card.labels ? labelsFile : null,
    output: subject.model.output,
    initMask: recipe.initMask?.name ?? null,
    ...{ timeLimit: timeLimit ?? null, tolerance: tolerance ?? null },
    ...{ backend: recipe.engine, threads: engine.threads, batch: null, maxMemory: null },
  };
}

function plain({ auc, normalizedAuc, curve }: DeletionInsertion['deletion']) {
  return { auc, ...(normalizedAuc !== undefined && { normalizedAuc }), curve: Array.from(curve) };
}

function timing(total: number, steps: number) {
  return { total, perIteration: steps > 0 ? total / steps : null };
}
