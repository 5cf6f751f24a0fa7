/**
 * Keeps the page for when there is no network. What the network answers always comes first, so that nobody sees yesterday's
 * page; a copy is what is left when it does not answer. A newer build brings a newer worker, which gathers its files beside
 * the old ones, and takes over (and the old ones away) once every tab of the older page is closed.
 */
import type { Kept } from './kept.ts';

declare const self: ServiceWorkerGlobalScope;

/** Put in by the build (`plugin.ts`). */
declare const kept: Kept;

const { scope } = self.registration;
const cacheName = `igos ${scope}`;
const revisions: Readonly<Record<string, string>> = { ...kept.atOnce, ...kept.onceUsed };
const pathByAddress = new Map(Object.keys(revisions).map((path) => [addressOf(path), path]));

self.addEventListener('install', (event) => event.waitUntil(keep(Object.keys(kept.atOnce))));

self.addEventListener('activate', (event) => event.waitUntil(Promise.all([forgetOthers(), self.clients.claim()])));

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const path = pathByAddress.get(origin + pathname.replace(/\/index\.html$/, '/'));
  if (event.request.method === 'GET' && path !== undefined) event.respondWith(answer(event, path));
});

let keeping = Promise.resolve();

/** The page tells what it has opened, perhaps before this worker was there to see it. */
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  const used: readonly string[] = event.data;
  const paths = Object.keys(kept.onceUsed).filter((path) =>
    used.some((address) => addressOf(path).startsWith(address)),
  );
  keeping = keeping.then(() => keep(paths)).catch(() => undefined); // no network or no room: the page goes on without
  event.waitUntil(keeping);
});

async function answer(event: FetchEvent, path: string): Promise<Response> {
  const copy = await keptCopy(path);
  const response = await fetch(event.request).catch(() => undefined);
  if (!response?.ok && response?.type !== 'opaqueredirect') return copy ?? response ?? Response.error();
  const isNew = !copy && Object.hasOwn(kept.onceUsed, path) && isFile(response, path);
  if (isNew) event.waitUntil(store(path, response.clone()).catch(() => undefined)); // no room: the page goes on without
  return response;
}

async function keptCopy(path: string): Promise<Response | undefined> {
  const cache = await caches.open(cacheName);
  return cache.match(keyOf(path), { ignoreVary: true });
}

async function store(path: string, response: Response): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.put(keyOf(path), response);
}

/** Fetches and keeps those that are not kept yet. Fails where one cannot be had. */
async function keep(paths: readonly string[]): Promise<void> {
  await Promise.all(
    paths.map(async (path) => {
      if (await keptCopy(path)) return;
      const response = await fetch(addressOf(path), { cache: 'no-cache' });
      if (!isFile(response, path)) throw new Error(`${path} cannot be kept: HTTP status ${response.status}`);
      await store(path, response);
    }),
  );
}

/** Drops what is not of this build; what has not changed stays. */
async function forgetOthers(): Promise<void> {
  const cache = await caches.open(cacheName);
  const keys = new Set(Object.keys(revisions).map(keyOf));
  const others = (await cache.keys()).filter(({ url }) => !keys.has(url));
  await Promise.all(others.map((request) => cache.delete(request, { ignoreVary: true })));
}

/** Whether this is the file, and not the page that some servers and hotels answer instead of one. */
function isFile({ ok, headers }: Response, path: string): boolean {
  return ok && (path === '' || !headers.get('content-type')?.startsWith('text/html'));
}

function addressOf(path: string): string {
  return new URL(encodeURI(path), scope).href;
}

/** What a file of this build is kept under. */
function keyOf(path: string): string {
  return `${addressOf(path)}?${revisions[path]}`;
}
