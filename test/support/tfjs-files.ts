import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingFileError, type ReadFile } from '@igos/autograd/tfjs';

/** A model's files by name, to be damaged. */
export type ModelFiles = Map<string, Uint8Array>;

/** The files of a fixture such as `digits/layers-uint16`. */
export function fixtureFiles(name: string): ModelFiles {
  const folder = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  return new Map(readdirSync(folder).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]));
}

/** Reads from memory and notes every path that is asked for. */
export function filesReader(files: ModelFiles, asked: string[] = []): ReadFile {
  return async (path) => {
    asked.push(path);
    const bytes = files.get(path);
    if (!bytes) throw new MissingFileError(path, 'the test');
    return bytes;
  };
}

/** JSON of a model as a test changes it: any member may be read and written. */
export type Changeable = { [key: string]: Changeable } & Changeable[];

/** The files with a changed model.json. */
export function changed(files: ModelFiles, change: (document: Changeable) => void): ModelFiles {
  const document = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as Changeable;
  change(document);
  return new Map([...files, ['model.json', new TextEncoder().encode(JSON.stringify(document))]]);
}
