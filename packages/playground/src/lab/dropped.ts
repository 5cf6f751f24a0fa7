import { FailureError } from '../engine/failure.ts';

/** A file with its path from the chosen folder on. */
interface FoundFile {
  readonly path: string;
  readonly file: File;
}

export interface FoundFiles {
  /** Of the folder; undefined for files without one. */
  readonly folder: string | undefined;
  readonly files: readonly FoundFile[];
}

/** More than any model has: somebody chose another folder. */
const mostFiles = 2000;

/** What a folder input holds. */
export function chosenFiles(list: FileList): FoundFiles {
  const files = Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
  return withoutFolder(files);
}

/** What was dropped: files, and folders with all that is in them. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<FoundFiles> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return withoutFolder(Array.from(files, (file) => ({ path: file.name, file })));
  const found: FoundFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return withoutFolder(found);
}

/** A file that misses its place is let go: the browser would open it in place of the page. Gives a function that ends this. */
export function catchStrayFiles(): () => void {
  const letGo = (event: DragEvent) => {
    const isInput = event.target instanceof HTMLInputElement && event.target.type === 'file';
    if (!isInput && event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  window.addEventListener('dragover', letGo);
  window.addEventListener('drop', letGo);
  return () => {
    window.removeEventListener('dragover', letGo);
    window.removeEventListener('drop', letGo);
  };
}

async function collect(entry: FileSystemEntry, found: FoundFile[]): Promise<void> {
  if (found.length >= mostFiles) throw new FailureError({ what: 'too-many-files', most: mostFiles });
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const next = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  // a reader gives a hundred at a time
  for (let some = await next(); some.length > 0; some = await next()) {
    for (const child of some) await collect(child, found);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** Paths from the folder of `model.json` on, where there is one. */
function withoutFolder(files: readonly FoundFile[]): FoundFiles {
  const depth = (path: string) => path.split('/').length;
  const models = files.filter(({ path }) => path.split('/').at(-1) === 'model.json');
  const [model] = models.toSorted((one, other) => depth(one.path) - depth(other.path));
  const parts = (model ?? files[0])?.path.split('/').slice(0, -1) ?? [];
  const prefix = parts.map((part) => `${part}/`).join('');
  const inside = files.filter(({ path }) => path.startsWith(prefix));
  return {
    folder: parts.at(-1),
    files: inside.map(({ path, file }) => ({ path: path.slice(prefix.length), file })),
  };
}
