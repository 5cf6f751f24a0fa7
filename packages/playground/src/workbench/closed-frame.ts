/** The server hands out the modules of the worker one by one while the page is edited; later they are one file. */
const sources = import.meta.env.DEV ? " 'self'" : '';

/**
 * What a worker may load in here: code that is in memory, the libraries' and the reader's, and nothing from anywhere, the
 * page's own server included. A request to that would tell what it asks for, too.
 */
const policy = `default-src 'none'; script-src blob: 'wasm-unsafe-eval'${sources}`;

/**
 * An empty frame with a content policy stricter than the page's. A worker made from a `blob:` has the policy of the window
 * that made it, by the standard of the window that made the `blob:`, and cannot be given another one: the frame makes both.
 */
export interface ClosedFrame {
  /**
   * A worker under the policy, once that holds.
   * @throws Error where the frame was closed before
   */
  startWorker(script: Blob): Promise<Worker>;
  /** Ends its worker, too. */
  close(): void;
}

export function openClosedFrame(): ClosedFrame {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  let worker: Worker | undefined;
  return {
    startWorker: async (script) => {
      await loaded;
      const inside = frame.contentWindow as (Window & typeof globalThis) | null;
      if (!inside) throw new Error('the frame is closed');
      const address = inside.URL.createObjectURL(new inside.Blob([script], { type: 'text/javascript' }));
      worker = new inside.Worker(address, { type: 'module', name: 'workbench' });
      return worker;
    },
    close: () => {
      worker?.terminate();
      frame.remove(); // and what it made with it
    },
  };
}
