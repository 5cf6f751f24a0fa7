import { checkPath, MissingFileError, ModelError, type ReadFile } from '../tfjs/index.ts';

/**
 * Reads the files of a model's folder over HTTP.
 *
 * @param base  address of the folder; a missing slash at its end is added
 */
export function fetchReader(base: string | URL): ReadFile {
  const folder = new URL(base, globalThis.location?.href);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return async (path, maxBytes = Number.POSITIVE_INFINITY) => {
    const encoded = checkPath(path, 'the reader').split('/').map(encodeURIComponent).join('/');
    const response = await fetch(new URL(encoded, folder));
    // A single-page server answers a missing file with its page.
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    if (response.status === 404 || isPage) throw new MissingFileError(path, folder.href);
    if (!response.ok) {
      const fault = { kind: 'unreadable-file', path } as const;
      throw new ModelError(`"${path}" could not be fetched: HTTP status ${response.status}`, { fault });
    }
    return readBody(response, { path, maxBytes });
  };
}

/** Stops a download that is longer than it may be; the length that a server claims is not relied on. */
async function readBody(
  response: Response,
  { path, maxBytes }: { path: string; maxBytes: number },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    chunks.push(next.value);
    length += next.value.byteLength;
    if (length <= maxBytes) continue;
    await reader?.cancel();
    throw new ModelError(`"${path}" has more than the expected ${maxBytes} bytes`);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
