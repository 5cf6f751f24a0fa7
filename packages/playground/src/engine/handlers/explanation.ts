import type { HostArray } from '@igos/autograd';
import {
  type DeletionInsertion,
  deletionInsertion,
  Interruption,
  type MaskProblem,
  type MetricOptions,
  maskedImage,
  type Result,
  type StartMask,
  startMaskOf,
  type Ties,
} from 'igos';
import type { NamedSettings, ResolvedSettings } from 'igos/named';
import { drawOverlay, type InputUnits, type Rectangle, type RgbImage, resize } from 'igos/pictures';
import { paint } from '../../draw/canvas.ts';
import { keepExplained } from '../explained.ts';
import { FailureError } from '../failure.ts';
import type { PhotoSource } from '../photo.ts';
import { readPhoto } from '../read-photo.ts';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import { type Encoding, labelOf, picture, type Subject, targetLabel, targetText } from '../subject.ts';
import { run, type TimedStep } from './run.ts';
import { session } from './session.ts';

export interface ExplanationRequest extends ProblemRequest {
  readonly ties: Ties;
  /** Number of the run, and of the one that the page shows meanwhile: both can be asked about afterwards. */
  readonly id: number;
  readonly shown: number | undefined;
  /** Decides the size of the mask where the settings leave it open. */
  readonly initMask: StartMask | undefined;
}

/** What was explained. */
export interface ExplainedSubject {
  readonly model: { readonly name: string; readonly format: string; readonly output: string };
  readonly photo: { readonly width: number; readonly height: number; readonly crop: Rectangle };
  /** What the network saw, `[h, w, c]`. */
  readonly image: HostArray;
  readonly encoding: Encoding;
  readonly units: InputUnits;
  readonly target: { readonly index: number | null; readonly label: string; readonly text: string };
}

/** A run with all that the page shows and writes of it. */
export interface ExplanationView {
  readonly subject: ExplainedSubject;
  readonly settings: ResolvedSettings;
  /** What replaced pixels, `[h, w, c]`. */
  readonly baseline: HostArray;
  readonly steps: readonly TimedStep[];
  readonly result: Result;
  /** Unless the run was stopped. */
  readonly metrics: DeletionInsertion | undefined;
  /** Of the method, from its first evaluation to its last. */
  readonly seconds: number;
  readonly engine: { readonly name: string; readonly threads: number | null; readonly bytes: number | undefined };
  readonly pictures: { readonly overlay: RgbImage; readonly masked: RgbImage; readonly seen: RgbImage };
}

/** Explains, measures and draws; every step is an update. A stopped run answers with what it has. */
export async function explanation(
  { ties, initMask, id, shown, ...asked }: ExplanationRequest,
  { signal, update }: CallContext<TimedStep>,
): Promise<ExplanationView> {
  const request = { ...asked, settings: withSizeOf(initMask, asked.settings) };
  const { problem, subject, settings, baseline } = session.problem(request, { counted: true });
  const steps: TimedStep[] = [];
  const onStep = (step: TimedStep) => {
    steps.push(step);
    update(step);
  };
  const { result, seconds } = await run({ ...request, initMask: initMask?.data }, { signal, update: onStep });
  const { mask, saliency, tieBreak } = result;
  const { seed } = settings;
  const order = { ties, ...(tieBreak && { tieBreak }), seed };
  const metrics = await measured(problem, saliency, { ...order, signal });
  const score = request.score ?? 'probability';
  keepExplained(id, { subject, baseline, score, maskSize: problem.maskSize, saliency, ...order }, shown);
  const { backend } = session;
  const threads = (await backend.threads?.())?.count ?? null;
  const masked = picture(subject, maskedImage(problem, mask.data));
  return {
    ...{ subject: explained(subject), settings, baseline, steps, result, metrics, seconds },
    engine: { name: backend.name, threads, bytes: backend.memoryBytes?.() },
    pictures: { overlay: smallOverlay(subject, saliency), masked, seen: picture(subject, subject.image) },
  };
}

/** @throws OptionError where the settings want another size than that of the mask */
function withSizeOf(initMask: StartMask | undefined, settings: NamedSettings): NamedSettings {
  if (!initMask) return settings;
  const { data, size } = initMask;
  return { ...settings, maskSize: startMaskOf({ data, shape: size }, settings).size };
}

/** Nothing where the reader has stopped it. */
async function measured(problem: MaskProblem, saliency: HostArray, options: MetricOptions) {
  try {
    return await deletionInsertion(problem, saliency, options);
  } catch (error) {
    if (error instanceof Interruption) return undefined;
    throw error;
  }
}

function explained(subject: Subject): ExplainedSubject {
  const { model, photo, crop, image, encoding, units, target } = subject;
  return {
    model: { name: model.name, format: model.format, output: model.outputs[0]?.name ?? '' },
    photo: { width: photo.width, height: photo.height, crop },
    ...{ image, encoding, units },
    target: {
      index: target.kind === 'index' ? target.index : null,
      label: target.kind === 'index' ? labelOf(subject, target.index) : targetLabel(subject),
      text: targetText(subject),
    },
  };
}

/** Longer side of a picture on the page: sharp on a large screen. */
const longestShown = 704;

/** The overlay as the page shows it. */
function smallOverlay({ photo, crop }: Subject, saliency: HostArray): RgbImage {
  const scale = Math.min(1, longestShown / Math.max(photo.width, photo.height));
  if (scale === 1) return drawOverlay(photo, saliency, crop);
  const scaled = (length: number) => Math.max(1, Math.round(scale * length));
  const small = resize(photo, { width: scaled(photo.width), height: scaled(photo.height) }, { filter: 'bilinear' });
  const x = Math.min(Math.floor(scale * crop.x), small.width - 1);
  const y = Math.min(Math.floor(scale * crop.y), small.height - 1);
  const width = Math.min(scaled(crop.width), small.width - x);
  const height = Math.min(scaled(crop.height), small.height - y);
  return drawOverlay(small, saliency, { x, y, width, height });
}

export interface OverlayFileRequest {
  readonly photo: PhotoSource;
  /** What the network saw, which is shown for an array. */
  readonly seen: RgbImage;
  readonly crop: Rectangle;
  readonly saliency: HostArray;
}

/** The overlay in the size of the photo, as a PNG file. */
export async function overlayFile({ photo, seen, crop, saliency }: OverlayFileRequest): Promise<Blob> {
  const read = await readPhoto(photo);
  const overlay = drawOverlay('shape' in read ? seen : read, saliency, crop);
  const canvas = new OffscreenCanvas(overlay.width, overlay.height);
  if (!paint(canvas, overlay)) throw new FailureError({ what: 'picture-memory' });
  return canvas.convertToBlob({ type: 'image/png' });
}
