import { FailureError } from '../engine/failure.ts';
import type { BenchRequest } from './bench.ts';
import workerAddress from './bench-worker.ts?worker&url';
import type { Trial } from './messages.ts';

/** What a worker needs that may load nothing itself. */
export interface Supplies {
  readonly script: Blob;
  readonly bench: BenchRequest;
}

/** @throws FailureError for a file that cannot be had */
export async function fetchSupplies({ model, picture }: Trial): Promise<Supplies> {
  const [script, drawing, network] = await Promise.all([workerScript(), fileAt(picture), filesOf(model)]);
  return { script, bench: { model: network, picture: drawing } };
}

/** The network's own list of where its weights are. */
interface Manifest {
  readonly weightsManifest: readonly { readonly paths: readonly string[] }[];
}

/** The document of the bundled network, and the files of weights that it names. */
async function filesOf(folder: string): Promise<File[]> {
  const fileNamed = async (name: string) => new File([await fileAt(folder + name)], name);
  const document = await fileNamed('model.json');
  const { weightsManifest } = JSON.parse(await document.text()) as Manifest;
  const weights = weightsManifest.flatMap(({ paths }) => paths);
  return [document, ...(await Promise.all(weights.map(fileNamed)))];
}

/** With all that it imports; while the page is edited, with an import of that. */
async function workerScript(): Promise<Blob> {
  const address = new URL(workerAddress, document.baseURI).href;
  return import.meta.env.DEV ? new Blob([`import ${JSON.stringify(address)};`]) : fileAt(address);
}

const files = new Map<string, Promise<Blob>>();

/** A file of the page, fetched once: code is tried again with every pause of its writer. */
function fileAt(address: string): Promise<Blob> {
  const file = files.get(address) ?? download(address);
  files.set(address, file);
  file.catch(() => files.delete(address));
  return file;
}

async function download(address: string): Promise<Blob> {
  const response = await fetch(address).catch(() => undefined);
  if (response?.ok) return response.blob();
  throw new FailureError({ what: 'part-not-loaded' });
}
