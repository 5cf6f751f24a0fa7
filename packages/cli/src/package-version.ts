import { readFileSync } from 'node:fs';

/** Of @igos/cli. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
