import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

export interface StaticServer {
  /** Of the folder, with a slash at its end. */
  readonly address: string;
  /** What was asked for so far, from the folder on, and what was sent. */
  readonly sent: readonly { readonly path: string; readonly body: Buffer }[];
  /** Serves another folder at the same address from now on. */
  replace(folder: string): void;
  close(): Promise<void>;
}

/**
 * The plainest server that there is: a folder's files below a path, with their types and no other header.
 *
 * @param below  such as `/some/folder/`; nothing else is there
 */
export async function serveFolder(folder: string, below: string): Promise<StaticServer> {
  let served = folder;
  const sent: { path: string; body: Buffer }[] = [];
  const server = createServer(async ({ url = '' }, response) => {
    const asked = new URL(url, 'http://localhost').pathname;
    const path = asked.startsWith(below) ? asked.slice(below.length) || 'index.html' : undefined;
    const body = path === undefined ? undefined : await readFile(join(served, path)).catch(() => undefined);
    if (path === undefined || body === undefined) {
      response.writeHead(404).end();
      return;
    }
    sent.push({ path, body });
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`,
    sent,
    replace: (other) => {
      served = other;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
