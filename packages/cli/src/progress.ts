/** Tells a person what goes on, on stderr, so that stdout stays data. */
export interface Progress {
  /**
   * What long work is at. On a terminal it replaces what was there; elsewhere a line appears every few seconds.
   * @param describe  asked again at every `tick`
   */
  show(describe: () => string): void;
  /** Time has passed: draws what was last shown anew. */
  tick(): void;
  /** A line that stays. */
  note(text: string): void;
  /** Takes the last state off the terminal. */
  clear(): void;
}

export interface ProgressOptions {
  readonly quiet?: boolean;
  readonly colour?: boolean;
  readonly stream?: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  /** Milliseconds since any fixed moment. */
  readonly now?: () => number;
}

/** Between lines where there is no terminal; between redraws where there is one. Milliseconds. */
const lineInterval = 5000;
const drawInterval = 100;

const eraseLine = '\r\x1b[2K';

export function makeProgress(options: ProgressOptions = {}): Progress {
  const { quiet = false, stream = process.stderr, now = () => performance.now() } = options;
  if (quiet) return { show: () => {}, tick: () => {}, note: () => {}, clear: () => {} };
  const { isTTY } = stream;
  const paint = makePaint(stream, options.colour ?? true);
  let last = isTTY ? Number.NEGATIVE_INFINITY : now(); // a quick run says nothing where nobody watches
  let drawn = false;
  let describe = () => '';

  const tick = () => {
    if (now() - last < (isTTY ? drawInterval : lineInterval)) return;
    last = now();
    const state = describe();
    if (!isTTY) return void stream.write(`${state}\n`);
    stream.write(`${eraseLine}${paint.dim(state.slice(0, (stream.columns || 80) - 1))}`);
    drawn = true;
  };
  const clear = () => {
    if (drawn) stream.write(eraseLine);
    drawn = false;
  };
  return {
    show: (next) => {
      describe = next;
      tick();
    },
    tick,
    note: (text) => {
      clear();
      stream.write(`${paint.yellow(text)}\n`);
    },
    clear,
  };
}

/** Colours for a terminal that wants them; https://no-color.org. */
function makePaint({ isTTY }: { readonly isTTY: boolean }, wanted: boolean) {
  const coloured = isTTY && wanted && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const paint = (code: number) => (text: string) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text);
  return { dim: paint(2), yellow: paint(33) };
}

/** Seconds as `0:07`, `12:30` or `1:02:03`. */
export function showDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
