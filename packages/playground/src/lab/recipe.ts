import type { ScoreKind, Ties } from 'igos';
import type { NamedSettings } from 'igos/named';
import type { CropKind } from 'igos/pictures';
import type { UsedBaseline } from '../engine/baseline-key.ts';
import type { EngineName } from '../engine/engine-names.ts';
import type { OwnMask } from '../engine/own-inputs.ts';
import type { OwnCard } from '../engine/own-model.ts';

/** What was asked of a run, as plain data: enough to repeat it elsewhere. */
export interface Recipe {
  /** What `--model` takes: a bundled name, or the folder of the reader's own. */
  readonly model: string;
  /** Folder of the model's files. */
  readonly folder: string;
  /** File of the picture, untrusted. */
  readonly image: string;
  /** Output of the reader's own model; empty for the first. */
  readonly output: string;
  /** As on the command line; always there. */
  readonly target: string;
  readonly settings: NamedSettings;
  readonly baseline: UsedBaseline;
  /** File of the reader's own baseline, untrusted; empty for one of the table. */
  readonly baselineFile: string;
  /** The reader's own mask that the run began with. */
  readonly initMask: OwnMask | undefined;
  readonly score: ScoreKind;
  readonly ties: Ties;
  readonly crop: CropKind;
  readonly engine: EngineName;
  readonly card: OwnCard;
}
