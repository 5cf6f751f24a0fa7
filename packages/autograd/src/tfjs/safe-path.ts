import { quote } from './json.ts';
import { ModelError } from './model-error.ts';

/** Path separators, drives, schemes and streams of other systems, percent escapes and control characters. */
const forbidden = /[\\:\p{Cc}]|%[\da-f]{2}/iu;
/** Names that Windows turns into devices, with any extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Returns a path that a model file names, when it stays inside the model's folder whoever resolves it: a POSIX or
 * Windows file system, or a URL. Relative, `/` between names, no `..`, drive, scheme, escape or device.
 *
 * @throws ModelError naming `source`, where the path was found
 */
export function checkPath(path: string, source: string): string {
  const names = path.split('/');
  const unsafe =
    forbidden.test(path) || path.length > 1024 || names.some((name) => /^[. ]*$/.test(name) || device.test(name));
  if (!unsafe) return path;
  throw new ModelError(
    `${source} names the unsafe path ${quote(path)}; it must be a plain relative path inside the model's folder`,
  );
}
