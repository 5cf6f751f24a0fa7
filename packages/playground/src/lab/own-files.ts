import { batch, signal } from '@preact/signals';
import { engine, ownModel, ownPhoto } from '../engine/client.ts';
import { type Failure, failureIn } from '../engine/failure.ts';
import type { OwnModelView } from '../engine/handlers/own-files.ts';
import type { OwnCard } from '../engine/own-model.ts';
import { state } from '../state/page-state.ts';
import { droppedFiles, type FoundFiles } from './dropped.ts';

/** A file that could not be taken; nothing else has changed then. */
export interface Trouble {
  /** Name of the file, untrusted. */
  readonly file: string;
  readonly failure: Failure;
}

export const trouble = signal<Trouble | undefined>(undefined);

/** Whether files are being looked at. */
export const checking = signal(false);

/** What the reader's model says of itself. */
export const ownModelView = signal<OwnModelView | undefined>(undefined);

let turn = 0;

/** Does the work; what goes wrong is the trouble of this file. Work that was overtaken by other work changes nothing. */
async function attempt(file: string, work: () => Promise<() => void>): Promise<void> {
  const mine = ++turn;
  const settle = (change: () => void) => {
    if (mine !== turn) return;
    batch(() => {
      checking.value = false;
      change();
    });
  };
  trouble.value = undefined;
  checking.value = true;
  try {
    settle(await work());
  } catch (error) {
    settle(() => {
      trouble.value = { file, failure: failureIn(error) };
    });
  }
}

/** Puts the reader's photo in front of the network, if it is one. */
export function takePhoto(file: File): Promise<void> {
  return attempt(file.name, async () => {
    await engine.call('checkPhoto', { photo: file });
    return () => {
      ownPhoto.value = file;
      state.picture.value = 'own';
      state.target.value = '';
    };
  });
}

let lastId = 0;

/** Opens the reader's model, if it can be explained. */
export function takeModel({ folder = 'model', files }: FoundFiles): Promise<void> {
  return attempt(folder, async () => {
    const model = { id: ++lastId, name: folder, files, card: {} };
    const view = await engine.call('checkModel', { model });
    return () => {
      ownModel.value = model;
      ownModelView.value = view;
      state.model.value = 'own';
      state.target.value = '';
      state['blur-size'].value = undefined; // pixels of another size
      state['blur-sigma'].value = undefined;
    };
  });
}

/** What was dropped: a model where there is a `model.json`, or a whole folder; else a photo. */
export async function takeDropped(transfer: DataTransfer): Promise<void> {
  const name = transfer.files[0]?.name ?? '';
  try {
    await takeFiles(await droppedFiles(transfer));
  } catch (error) {
    trouble.value = { file: name, failure: failureIn(error) };
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
  return attempt(present.name, async () => {
    const model = { ...present, card: { ...present.card, ...change } };
    const view = await engine.call('checkModel', { model });
    return () => {
      ownModel.value = model;
      ownModelView.value = view;
    };
  });
}
