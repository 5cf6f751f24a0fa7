import { batch, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { engine, opened, ownModel, ownPhoto } from '../engine/client.ts';
import { type Failure, failureIn } from '../engine/failure.ts';
import type { OutputView, OwnModelView } from '../engine/handlers/own-files.ts';
import { ownBaseline, ownMask } from '../engine/own-inputs.ts';
import type { OwnCard } from '../engine/own-model.ts';
import { state } from '../state/page-state.ts';
import { droppedFiles, type FoundFiles } from './dropped.ts';

/** A setting that a file of the reader's may be the value of. */
export type OwnInputName = 'baseline' | 'init-mask';

/** Where on the page a file was given. */
export type FilePlace = 'subject' | OwnInputName;

/** What becomes of a file where it was given. */
export type FileNews =
  | 'checking'
  /** It could not be taken; nothing else has changed then. The name is untrusted. */
  | { readonly file: string; readonly failure: Failure };

/** Of the last file at each place, unless it was taken. */
const news: Readonly<Record<FilePlace, Signal<FileNews | undefined>>> = {
  subject: signal(undefined),
  baseline: signal(undefined),
  'init-mask': signal(undefined),
};

export function newsAt(place: FilePlace): ReadonlySignal<FileNews | undefined> {
  return news[place];
}

/** What the reader's model says of itself. */
export const ownModelView = signal<OwnModelView | undefined>(undefined);

/** Counts what was given at each place. */
const turns: Record<FilePlace, number> = { subject: 0, baseline: 0, 'init-mask': 0 };

interface GivenFile {
  readonly file: string;
  readonly at?: FilePlace;
}

/** Does the work; what goes wrong is the trouble of this file. Work that was overtaken at its place changes nothing. */
async function attempt({ file, at = 'subject' }: GivenFile, work: () => Promise<() => void>): Promise<void> {
  const mine = ++turns[at];
  const settle = (change: () => void) => {
    if (mine !== turns[at]) return;
    batch(() => {
      news[at].value = undefined;
      change();
    });
  };
  news[at].value = 'checking';
  try {
    settle(await work());
  } catch (error) {
    settle(() => {
      news[at].value = { file, failure: failureIn(error) };
    });
  }
}

/** Puts the reader's photo in front of the network, if it is one. */
export function takePhoto(file: File): Promise<void> {
  return attempt({ file: file.name }, async () => {
    await engine.call('checkPhoto', { photo: file });
    return () => {
      ownPhoto.value = file;
      state.picture.value = 'own';
      state.target.value = '';
    };
  });
}

/** Until the network and the picture are there that a file is checked against, or could not be opened. */
function subjectOpened(): Promise<void> {
  return new Promise((resolve) => {
    const end = effect(() => {
      if (opened.value.phase === 'loading') return;
      resolve();
      queueMicrotask(() => end()); // it may not have been given yet
    });
  });
}

/** Makes the reader's picture the baseline, if it is one for this network. */
export function takeBaseline(file: File): Promise<void> {
  return attempt({ file: file.name, at: 'baseline' }, async () => {
    await subjectOpened();
    await engine.call('checkBaseline', { file, crop: state.crop.peek() });
    return () => {
      ownBaseline.value = file;
      state.baseline.value = 'own';
    };
  });
}

/** Makes the reader's mask the one that runs begin with, if it is one for this picture. */
export function takeMask(file: File): Promise<void> {
  return attempt({ file: file.name, at: 'init-mask' }, async () => {
    await subjectOpened();
    const mask = await engine.call('readMask', { file, maskSize: state['mask-size'].peek() });
    return () => {
      ownMask.value = { ...mask, name: file.name };
      state['init-mask'].value = 'own';
    };
  });
}

let lastId = 0;

/** Opens the reader's model, if it can be explained. */
export function takeModel({ folder = 'model', files }: FoundFiles): Promise<void> {
  return attempt({ file: folder }, async () => {
    const model = { id: ++lastId, name: folder, files, card: {} };
    const view = await engine.call('checkModel', { model: { ...model, output: state.output.peek() } });
    return () => {
      ownModel.value = model;
      ownModelView.value = view;
      state.model.value = 'own';
      state.output.value = writtenOutput(view);
      state.target.value = '';
      state['blur-size'].value = undefined; // pixels of another size
      state['blur-sigma'].value = undefined;
    };
  });
}

/** As a link has it: nothing for the first. */
function writtenOutput({ output, outputs }: OwnModelView): string {
  return output === outputs[0]?.name ? '' : output;
}

/** Explains another output of the reader's model. Names that the reader gave stay where there are as many classes. */
export function takeOutput({ name, classes }: OutputView): Promise<void> {
  const present = ownModel.peek();
  if (!present) return Promise.resolve();
  return attempt({ file: present.name }, async () => {
    const { labels, ...unlabelled } = present.card;
    const model = { ...present, card: labels?.length === classes ? present.card : unlabelled };
    const view = await engine.call('checkModel', { model: { ...model, output: name } });
    return () => {
      ownModel.value = model;
      ownModelView.value = view;
      state.output.value = writtenOutput(view);
      state.target.value = '';
    };
  });
}

/** What was dropped: a model where there is a `model.json`, or a whole folder; else a photo. */
export async function takeDropped(transfer: DataTransfer): Promise<void> {
  const name = transfer.files[0]?.name ?? '';
  try {
    await takeFiles(await droppedFiles(transfer));
  } catch (error) {
    news.subject.value = { file: name, failure: failureIn(error) };
  }
}

function takeFiles(found: FoundFiles): Promise<void> {
  const isModel = found.folder !== undefined || found.files.some(({ path }) => path === 'model.json');
  const [first] = found.files;
  if (isModel) return takeModel(found);
  return first ? takePhoto(first.file) : Promise.resolve();
}

/** Says of the reader's model what its files do not. */
export function completeCard(change: OwnCard): Promise<void> {
  const present = ownModel.peek();
  if (!present) return Promise.resolve();
  return attempt({ file: present.name }, async () => {
    const model = { ...present, card: { ...present.card, ...change } };
    const view = await engine.call('checkModel', { model: { ...model, output: state.output.peek() } });
    return () => {
      ownModel.value = model;
      ownModelView.value = view;
    };
  });
}
