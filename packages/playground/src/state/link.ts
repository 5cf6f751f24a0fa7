import type { Field } from './fields.ts';

/** What a table of fields holds. */
export type Values<Fields> = { readonly [Name in keyof Fields]: Fields[Name] extends Field<infer T> ? T : never };

/** A table of fields by the names that they have in links. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

export interface Link {
  /** Where on the page, such as `tour/gradient`. */
  readonly place: string;
  readonly query: URLSearchParams;
}

/** `#/tour/gradient?model=digits` -> its place and its query. Whatever follows `#` gives something. */
export function parseLink(hash: string): Link {
  const [path = '', ...rest] = hash.replace(/^#\/?/, '').split('?');
  return { place: path, query: new URLSearchParams(rest.join('?')) };
}

/** The inverse of `parseLink`; values that are as at the start are left out. */
export function formatLink<F extends Fields>(place: string, fields: F, values: Values<F>): string {
  const query = new URLSearchParams();
  for (const [name, field] of Object.entries(fields) as [string, Field<unknown>][]) {
    const written = field.format(values[name as keyof F]);
    if (written !== field.format(field.initial)) query.set(name, written);
  }
  const text = query.toString();
  return text === '' ? `#/${place}` : `#/${place}?${text}`;
}

/** What a query says, the start values where it says nothing, and the names of what cannot be read. */
export function readValues<F extends Fields>(
  fields: F,
  query: URLSearchParams,
): { readonly values: Values<F>; readonly refused: readonly string[] } {
  const refused: string[] = [];
  const values = Object.entries(fields as Readonly<Record<string, Field<unknown>>>).map(([name, field]) => {
    const written = query.get(name);
    if (written === null) return [name, field.initial];
    const value = field.parse(written);
    if (value === undefined) refused.push(name);
    return [name, value ?? field.initial];
  });
  refused.push(...[...new Set(query.keys())].filter((name) => !Object.hasOwn(fields, name)));
  return { values: Object.fromEntries(values) as Values<F>, refused };
}
