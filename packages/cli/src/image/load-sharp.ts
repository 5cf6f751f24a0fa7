import type Sharp from 'sharp';
import { CliError, exitCodes } from '../errors.ts';

/** The picture codec, loaded at its first use: it is a native library, and `igos --help` must not wait for it. */
export async function loadSharp(): Promise<typeof Sharp> {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    throw new CliError(
      `the picture codec 'sharp' does not load on this machine (${process.platform} ${process.arch})\n` +
        'install it again without leaving out optional packages: npm install --include=optional sharp',
      exitCodes.failure,
      { cause: error },
    );
  }
}
