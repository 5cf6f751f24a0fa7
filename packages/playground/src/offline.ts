import { effect } from '@preact/signals';
import { addressesInUse, opened } from './engine/client.ts';

/**
 * Lets a service worker keep the page for when there is no network, where the browser has such workers. Begins when the
 * first picture is open, so that it takes nothing from the first visit.
 */
export function keepOffline(): void {
  if (!import.meta.env.PROD) return; // sources change under it
  let registering: Promise<ServiceWorkerRegistration | undefined> | undefined;
  effect(() => {
    if (opened.value.phase !== 'ready') return;
    registering ??= register();
    registering.then(tell);
  });
}

/** Undefined where there are no such workers: in private windows of some browsers, without https, where a page forbids them. */
async function register(): Promise<ServiceWorkerRegistration | undefined> {
  try {
    const registration = await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    registration.addEventListener('updatefound', () => tell(registration));
    return registration;
  } catch {
    return undefined;
  }
}

/** Tells the newest worker what was opened, which is then worth keeping. */
function tell(registration: ServiceWorkerRegistration | undefined): void {
  const newest = registration?.installing ?? registration?.waiting ?? registration?.active;
  newest?.postMessage(addressesInUse.peek());
}
