/** Files of the page by their path from its folder (the page itself is ''), with a revision that changes with the content. */
export interface Kept {
  /** At the first visit. */
  readonly atOnce: Readonly<Record<string, string>>;
  /** Only when the reader has used them. */
  readonly onceUsed: Readonly<Record<string, string>>;
}
