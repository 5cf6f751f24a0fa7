/** Text that is HTML already. Only `html` and `trusted` make it, so what a user wrote can never pass for it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | false | null | undefined | readonly Part[];

/**
 * A template of HTML: what is put in is escaped, for elements and quoted attributes alike, unless it is Markup itself.
 * Lists are joined; false, null and undefined leave nothing.
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(texts.reduce((before, text, i) => before + render(parts[i - 1]) + text));
}

/** Text of our own that is HTML as it stands: style sheets, scripts, encoded bytes. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** A value as JSON that cannot end the script element around it. */
export function jsonForScript(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replace(/</g, '\\u003c'));
}

/** A name that somebody else chose: its writing direction stays inside it, and control characters become visible. */
export function untrustedName(name: string): Markup {
  return html`<bdi>${name}</bdi>`;
}

function render(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (part === false || part === null || part === undefined) return '';
  if (typeof part === 'object') return part.map(render).join('');
  return escapeText(String(part));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] as string).replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
}
