import type { RgbImage } from 'igos/pictures';
import type { EngineName } from '../engine-names.ts';
import type { CallContext } from '../remote.ts';
import type { SubjectRequest } from '../session.ts';
import { labelOf, picture, type Subject, targetLabel } from '../subject.ts';
import { session } from './session.ts';

/** What computes. */
interface EngineView {
  readonly name: EngineName;
  /** Threads of the processor that compute, where it is that. */
  readonly threads: number | undefined;
}

interface RankedLabel {
  readonly index: number;
  readonly label: string;
  readonly probability: number;
}

/** What the page knows of the network and the picture in front of it. */
export interface SubjectView {
  readonly model: { readonly name: string; readonly classes: number };
  /** `[h, w, c]` */
  readonly inputShape: readonly number[];
  /** What the network sees. */
  readonly pixels: RgbImage;
  /** The most likely classes, the most likely first. */
  readonly top: readonly RankedLabel[];
  readonly target: string;
  readonly engine: EngineView;
}

const shownClasses = 10;

export async function open(request: SubjectRequest, { signal }: CallContext<never>): Promise<SubjectView> {
  const subject = await session.open(request, signal);
  const { model, ranked, image } = subject;
  return {
    model: { name: model.name, classes: ranked.length },
    inputShape: image.shape,
    pixels: picture(subject, image),
    top: labelled(subject, ranked.slice(0, shownClasses)),
    target: targetLabel(subject),
    engine: await engineView(),
  };
}

async function engineView(): Promise<EngineView> {
  const { name, backend } = session.engine;
  return { name, threads: (await backend.threads?.())?.count };
}

function labelled(subject: Subject, classes: Subject['ranked']): RankedLabel[] {
  return classes.map(({ index, probability }) => ({ index, label: labelOf(subject, index), probability }));
}
