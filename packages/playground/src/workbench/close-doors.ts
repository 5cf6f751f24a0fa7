/** Ways out of a worker, and to another worker that would have them again. */
const ways = [
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'importScripts'],
  ...['caches', 'indexedDB', 'BroadcastChannel', 'Worker', 'SharedWorker', 'Notification'],
  // file systems of a browser's own, of before there was a standard
  ...['webkitRequestFileSystem', 'webkitRequestFileSystemSync'],
  ...['webkitResolveLocalFileSystemURL', 'webkitResolveLocalFileSystemSyncURL'],
];

const waysOfNavigator = ['storage', 'storageBuckets', 'serviceWorker', 'locks', 'usb', 'hid', 'serial'];

/**
 * Takes network and storage from this worker for good: code that comes in a link must not change what the page keeps. The
 * content policy of the worker closes the network, too, and the one way that is not among the globals: `import`.
 */
export function closeDoors(): void {
  for (const name of ways) takeAway(self, name);
  for (const name of waysOfNavigator) takeAway(navigator, name);
}

function takeAway(object: object, name: string): void {
  for (let holder: object | null = object; holder; holder = Object.getPrototypeOf(holder)) {
    Reflect.deleteProperty(holder, name);
  }
}
