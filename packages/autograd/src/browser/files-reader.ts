import { checkPath, MissingFileError, ModelError, type ReadFile } from '../tfjs/index.ts';

/** The part of a browser's `File` that is used. */
export interface NamedFile {
  readonly name: string;
  readonly size: number;
  /** Path from the chosen folder on, when a whole folder was chosen. */
  readonly webkitRelativePath?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Reads a model from files that a person chose or dropped: a whole folder, or its files one by one. */
export function filesReader(files: Iterable<NamedFile>): ReadFile {
  const byPath = new Map(Array.from(files, (file) => [pathOf(file), file]));
  return async (path, maxBytes = Number.POSITIVE_INFINITY) => {
    const file = byPath.get(checkPath(path, 'the reader'));
    if (!file) throw new MissingFileError(path, 'the chosen files');
    if (file.size > maxBytes)
      throw new ModelError(`"${path}" has ${file.size} bytes; at most ${maxBytes} are expected`);
    return new Uint8Array(await file.arrayBuffer());
  };
}

function pathOf({ name, webkitRelativePath }: NamedFile): string {
  return webkitRelativePath ? webkitRelativePath.slice(webkitRelativePath.indexOf('/') + 1) : name;
}
