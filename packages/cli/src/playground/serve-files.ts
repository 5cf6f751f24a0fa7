import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { CliError, exitCodes, systemErrorCode } from '../errors.ts';
import type { ServedFiles } from './page-files.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

const headers = {
  // Shared memory between workers is only given to pages that are isolated from other origins.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache', // another version of igos may answer here tomorrow
};

/** Of this machine only; nothing else can reach it. */
const host = '127.0.0.1';

/**
 * Serves these files and nothing else: a path that is not in the table is not there, however it is written.
 *
 * @param port  0 for any that is free
 * @returns     the address of the page, `http://127.0.0.1:4467/`
 * @throws CliError with the exit code for failures where the port cannot be had
 */
export async function serveFiles(files: ServedFiles, port: number): Promise<string> {
  const server = createServer((request, response) => answer(files, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new CliError(describe(cause, port), exitCodes.failure, { cause })));
    server.listen(port, host, resolve);
  });
  return `http://${host}:${(server.address() as AddressInfo).port}/`;
}

function describe(error: Error, port: number): string {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'is in use by another program',
    EACCES: 'may not be opened by this user',
  };
  const reason = reasons[systemErrorCode(error)] ?? `cannot be opened (${error.message})`;
  return `port ${port} ${reason}: --port names another one, --port 0 takes any that is free`;
}

function answer(files: ServedFiles, { method = '', url = '' }: IncomingMessage, response: ServerResponse): void {
  const found = method === 'GET' || method === 'HEAD' ? find(files, url) : 405;
  if (typeof found === 'number') {
    const allowed = found === 405 ? { Allow: 'GET, HEAD' } : {};
    const type = 'text/plain; charset=utf-8';
    response.writeHead(found, { ...headers, ...allowed, 'Content-Type': type }).end(`${found}\n`);
    return;
  }
  const type = types[extname(found.file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': found.size });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(found.file)
    .on('error', () => response.destroy()) // the file went away: a page that is cut off is better than a server that is
    .pipe(response);
}

/** The file of an address, or the status that says why there is none. */
function find(files: ServedFiles, url: string): { readonly file: string; readonly size: number } | 400 | 404 {
  const path = pathOf(url);
  if (path === undefined) return 400;
  const file = files.get(path);
  const size = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false })?.size;
  return file === undefined || size === undefined ? 404 : { file, size };
}

/** `/models/a.json?x` -> `models/a.json`, a folder's path -> its page; undefined for what is no path. */
function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, '')).slice(1);
    return path === '' ? 'index.html' : path;
  } catch {
    return undefined;
  }
}
