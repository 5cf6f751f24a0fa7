/**
 * What `report.json` holds, version 1: part of the command line's contract, other people's scripts read it.
 * Numbers are finite; null stands for what a method or a target does not have.
 */
export interface Report {
  readonly version: 1;
  readonly model: ReportModel;
  readonly image: ReportImage;
  readonly target: ReportTarget;
  readonly baseline: { readonly kind: string; readonly score: number };
  readonly options: ReportOptions;
  readonly backend: string;
  /** The mask before the first step; null for methods without iterations. */
  readonly start: ObjectiveTerms | null;
  /** Row k describes the mask after step k. Empty for methods without iterations. */
  readonly iterations: readonly ReportIteration[];
  readonly stopped: 'iterations' | 'failed-search' | 'tolerance' | 'time' | 'aborted';
  readonly final: ReportFinal;
  readonly metrics: { readonly deletion: MetricCurve; readonly insertion: MetricCurve } | null;
  /** Seconds; `total` is the optimization alone, `perIteration` its mean. */
  readonly timing: { readonly total: number; readonly perIteration: number | null };
  /** Each is one or two sentences: what is wrong, then what to do. */
  readonly warnings: readonly string[];
}

/** What a report's free fields may hold: anything JSON can. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };

interface ReportModel {
  readonly name: string;
  readonly [fact: string]: JsonValue | undefined;
}

interface ReportImage {
  /** File name as given, untrusted. */
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** What of the photo the model saw, in pixels; null for an array, which is seen as it is. */
  readonly crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  readonly [fact: string]: JsonValue | undefined;
}

interface ReportTarget {
  /** null for a target of several classes. */
  readonly index: number | null;
  /** The class name, its index where there are no names, or the terms of a target of several classes. */
  readonly label: string;
  readonly score: number;
  readonly probability: number | null;
  readonly [fact: string]: JsonValue | undefined;
}

/** All settings of a run, resolved, named as the flags in camel case. */
export interface ReportOptions {
  readonly method: string;
  readonly score: 'probability' | 'logit';
  /** Weight of TV that was used, scaled or not. */
  readonly tv: number;
  readonly l1: number;
  readonly iterations: number;
  readonly [option: string]: JsonValue | undefined;
}

/** `objective` = `score` + L1 weight · `l1` + TV weight · `tv`, without noise. */
export interface ObjectiveTerms {
  readonly objective: number;
  readonly score: number;
  readonly l1: number;
  readonly tv: number;
}

export interface ReportIteration extends ObjectiveTerms {
  readonly k: number;
  /** In force during this step. */
  readonly l1Weight: number;
  /** Length of the last step that was tried. */
  readonly step: number;
  readonly trials: number;
  readonly trialLog: readonly ReportTrial[];
  /** No trial passed. */
  readonly failed: boolean;
  /** The mask was left as it was. */
  readonly kept: boolean;
  readonly evaluations: number;
}

export interface ReportTrial extends ObjectiveTerms {
  readonly step: number;
  /** The trial's objective less the most it may be: accepted at 0 or below. */
  readonly margin: number;
}

interface ReportFinal {
  readonly objective: number | null;
  readonly score: number | null;
  readonly probability: number | null;
  /** Mean of 1 - mask: the share of the photo that was replaced. */
  readonly area: number | null;
}

export interface MetricCurve {
  /** Area under the curve, in units of the score. */
  readonly auc: number;
  /** The same with the baseline's score at 0 and the photo's at 1; absent where the two are too near. */
  readonly normalizedAuc?: number | null;
  /** Scores at equal steps from nothing to everything replaced (deletion) or revealed (insertion). */
  readonly curve: readonly number[];
}
