import type { Backend, HostArray } from '@igos/autograd';
import type { Model } from '@igos/autograd/tfjs';
import { createMaskProblem, type MaskProblem, makeBaseline, type ScoreKind, scoreOfModel } from 'igos';
import { baselines, type NamedSettings, problemOptionsOf, type ResolvedSettings, resolveSettings } from 'igos/named';
import type { CropKind } from 'igos/pictures';
import { type BaselineSettings, baselineKey, type UsedBaseline } from './baseline-key.ts';
import type { EngineName } from './engine-names.ts';
import { FailureError } from './failure.ts';
import { type Engine, openEngine, openWasm } from './open-engine.ts';
import { asChosen, type ModelSource, readModel } from './own-model.ts';
import type { PhotoSource } from './photo.ts';
import { readPhoto } from './read-photo.ts';
import { makeSubject, ownBaselineOf, type Subject } from './subject.ts';

/** What is to compute. */
export interface EngineRequest {
  readonly name: EngineName;
  /** Another number: it is to be opened anew, as after the graphics card was lost. */
  readonly attempt: number;
}

export interface SubjectRequest {
  readonly engine: EngineRequest;
  readonly model: ModelSource;
  readonly photo: PhotoSource;
  /** As on the command line; empty for the most likely class. */
  readonly target: string;
  readonly crop: CropKind;
  /** A picture that the reader brought as the baseline, where it is in use. */
  readonly baseline?: Blob | undefined;
}

/** What is explained, and how. */
export interface ProblemRequest {
  readonly baseline: UsedBaseline;
  readonly settings: NamedSettings;
  /** What is lowered; the probability unless given. */
  readonly score?: ScoreKind;
}

export interface OpenProblem {
  readonly subject: Subject;
  readonly problem: MaskProblem;
  readonly settings: ResolvedSettings;
  /** What replaces pixels, `[h, w, c]`. */
  readonly baseline: HostArray;
}

/** Problems whose programs stay compiled. */
const keptProblems = 4;

/** Baselines that need not be made again. */
const keptBaselines = 24;

/** What the worker holds: one subject at a time, and the problems made of it. */
export class Session {
  #engine: { readonly request: EngineRequest; readonly engine: Engine } | undefined;
  readonly #problems = new Map<string, OpenProblem>();
  readonly #baselines = new Map<string, HostArray>();
  /** Of the picture alone, whatever replaces its pixels. */
  #whole: MaskProblem | undefined;
  readonly #endings: (() => void)[] = [];
  #model: { readonly source: string | number; readonly loaded: Promise<Model> } | undefined;
  #subject: Subject | undefined;

  /** That of the subject; before one is open, the one that is always there. */
  get engine(): Engine {
    this.#engine ??= { request: { name: 'wasm', attempt: 0 }, engine: openWasm() };
    return this.#engine.engine;
  }

  get backend(): Backend {
    return this.engine.backend;
  }

  /** @throws FailureError before a subject was opened */
  get subject(): Subject {
    if (this.#subject) return this.#subject;
    throw new FailureError({ what: 'nothing-open' });
  }

  /** @throws BackendUnavailableError, FailureError, ModelError, NpyError, TargetError; the subject before stays open then */
  async open(
    { engine: wanted, model: source, photo, baseline, ...asked }: SubjectRequest,
    signal: AbortSignal,
  ): Promise<Subject> {
    const reads = [this.model(source), readPhoto(photo), baseline && readPhoto(baseline)] as const;
    const [model, picture, ownBaseline] = await Promise.all(reads);
    signal.throwIfAborted();
    const before = this.#engine;
    const isSame = before?.request.name === wanted.name && before.request.attempt === wanted.attempt;
    const engine = isSame ? before.engine : await openEngine(wanted.name);
    const { backend } = engine;
    try {
      const subject = await makeSubject(model, picture, { ...asked, ownBaseline, backend });
      signal.throwIfAborted(); // another one was asked for meanwhile, and may be open already
      this.#dispose();
      if (!isSame) this.#take({ request: wanted, engine });
      this.#subject = subject;
      return subject;
    } catch (error) {
      if (!isSame) backend.dispose();
      throw error;
    }
  }

  /** Has something done before what computes now goes. */
  beforeChange(end: () => void): void {
    this.#endings.push(end);
  }

  #take(next: { readonly request: EngineRequest; readonly engine: Engine }): void {
    for (const end of this.#endings) end();
    this.#engine?.engine.backend.dispose();
    this.#engine = next;
  }

  /** Settings without gaps, for the picture that is open. */
  resolve(settings: NamedSettings): ResolvedSettings {
    const [height = 0, width = 0] = this.subject.image.shape;
    return resolveSettings(settings, { imageSize: [height, width], noiseUnit: this.subject.units.noiseUnit });
  }

  /**
   * The problem of these settings, made unless it is there.
   *
   * @param counted  one apart, for runs: a problem counts its evaluations, and what else is asked meanwhile must not count
   */
  problem(request: ProblemRequest, { counted = false } = {}): OpenProblem {
    const { subject, backend } = this;
    const { image } = subject;
    const settings = this.resolve(request.settings);
    const options = problemOptionsOf(settings);
    const kind = request.score ?? 'probability';
    const key = JSON.stringify([counted, kind, baselineKey(request.baseline, settings), options, settings.path]);
    const known = this.#problems.get(key);
    if (known) return { ...known, settings };
    const baseline = this.baseline(request.baseline, settings);
    const probability = scoreOfModel(subject.model, { target: subject.target });
    const score =
      kind === 'probability' ? subject.score : scoreOfModel(subject.model, { target: subject.target, score: kind });
    const problem = createMaskProblem({ score, probability, image, baseline, backend, ...options });
    const opened = { subject, problem, settings, baseline };
    keep(this.#problems, { key, value: opened, most: keptProblems })?.problem.dispose();
    return opened;
  }

  /** @throws FailureError for a baseline of the reader's that is not there */
  baseline(name: UsedBaseline, settings: BaselineSettings): HostArray {
    if (name === 'own') return ownBaselineOf(this.subject);
    const key = baselineKey(name, settings);
    const known = this.#baselines.get(key);
    if (known) return known;
    const { blurSize, blurSigma, seed } = settings;
    const { pixels } = this.subject.units;
    const made = makeBaseline(baselines[name], this.subject.image, { ...pixels, blurSize, blurSigma, seed });
    keep(this.#baselines, { key, value: made, most: keptBaselines });
    return made;
  }

  /** Score of a whole image `[h, w, c]`. */
  async score(image: HostArray): Promise<number> {
    const { score, image: baseline } = this.subject;
    this.#whole ??= createMaskProblem({ score, image: baseline, baseline, backend: this.backend });
    const [values] = await this.#whole.evaluate([image]);
    return values?.score ?? Number.NaN;
  }

  /** The model, loaded unless it was the last one that was. */
  async model(source: ModelSource): Promise<Model> {
    const known = typeof source === 'string' ? source : source.id;
    if (this.#model?.source !== known) {
      const loaded = readModel(source);
      this.#model = { source: known, loaded };
      loaded.catch(() => {
        if (this.#model?.loaded === loaded) this.#model = undefined; // to be tried again when it is asked for again
      });
    }
    const model = await this.#model.loaded;
    return typeof source === 'string' ? model : asChosen(model, source);
  }

  #dispose(): void {
    for (const { problem } of this.#problems.values()) problem.dispose();
    this.#problems.clear();
    this.#baselines.clear();
    this.#whole?.dispose();
    this.#whole = undefined;
  }
}

/** Adds to what is kept. Gives the oldest, which had to go, where there are more than `most`. */
function keep<T>(
  kept: Map<string, T>,
  { key, value, most }: { readonly key: string; readonly value: T; readonly most: number },
): T | undefined {
  kept.set(key, value);
  if (kept.size <= most) return undefined;
  const [[oldest, dropped] = [key, value]] = kept;
  kept.delete(oldest);
  return dropped;
}
