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
  const files = model.map(async (address) => new File([await fileAt(address)], nameOf(address)));
  const [script, drawing, ...network] = await Promise.all([workerScript(), fileAt(picture), ...files]);
  return { script, bench: { model: network, picture: drawing } };
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

function nameOf(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1);
}
