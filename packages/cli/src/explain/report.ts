import type { Step } from 'igos';
import { isBuiltIn } from '../options/baseline-name.ts';
import type { MetricCurve, Report, ReportIteration } from '../report/report.ts';
import type { Run } from './run.ts';
import { settingsOfReport } from './settings.ts';
import { findWarnings } from './warnings.ts';

/** The run as `report.json` has it. */
export function reportOf(run: Run): Report {
  const { subject, settings, chosen, steps, result, metrics, seconds } = run;
  const { opened, picture, output } = subject;
  const { start, final } = result;
  const probability = (value: number) => (output.isSoftmax ? value : null);
  return {
    version: 1,
    model: { name: opened.model.name, source: opened.place.name, format: opened.model.format },
    image: {
      file: picture.path,
      width: picture.photo.width,
      height: picture.photo.height,
      crop: { ...picture.crop },
      input: picture.input.shape,
    },
    target: {
      index: chosen.index,
      label: chosen.label,
      score: result.image.score,
      probability: probability(result.image.probability),
    },
    baseline: { kind: isBuiltIn(settings.baseline) ? settings.baseline : 'image', score: result.baseline.score },
    options: settingsOfReport(run),
    backend: run.backend.name,
    start: { objective: start.objective, score: start.score, l1: start.l1, tv: start.tv },
    iterations: steps.map(rowOf),
    stopped: result.stopped,
    final: {
      objective: final.objective,
      score: final.score,
      probability: probability(final.probability),
      area: final.area,
    },
    metrics: { deletion: plainCurve(metrics.deletion), insertion: plainCurve(metrics.insertion) },
    timing: { total: seconds, perIteration: steps.length > 0 ? seconds / steps.length : null },
    warnings: findWarnings(run),
  };
}

function rowOf(step: Step): ReportIteration {
  const { k, objective, score, l1, tv, l1Weight, step: length, trials, failed, kept, evaluations } = step;
  return {
    ...{ k, objective, score, l1, tv, l1Weight, step: length, trials },
    trialLog: step.trialLog.map(({ step: tried, score, l1, tv, objective, margin }) => {
      return { step: tried, score, l1, tv, objective, margin };
    }),
    ...{ failed, kept, evaluations },
  };
}

function plainCurve(metric: Run['metrics']['deletion']): MetricCurve {
  const { auc, curve, normalizedAuc } = metric;
  return { auc, ...(normalizedAuc !== undefined && { normalizedAuc }), curve: Array.from(curve) };
}
