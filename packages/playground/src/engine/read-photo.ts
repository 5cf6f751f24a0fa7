import type { HostArray } from '@igos/autograd';
import { decodeNpy, type RgbImage } from 'igos/pictures';
import { FailureError } from './failure.ts';
import { decodePhoto, type PhotoSource } from './photo.ts';

const npyMagic = '\x93NUMPY';

/** A picture's pixels, or for a `.npy` file its array, which is then exactly what the network sees. */
export type ReadPhoto = RgbImage | HostArray;

/** @throws FailureError, NpyError */
export async function readPhoto(source: PhotoSource): Promise<ReadPhoto> {
  const file = typeof source === 'string' ? await fetchPhoto(source) : source;
  const beginning = await file.slice(0, npyMagic.length).arrayBuffer();
  const isArray = String.fromCharCode(...new Uint8Array(beginning)) === npyMagic;
  return isArray ? decodeNpy(new Uint8Array(await file.arrayBuffer())) : decodePhoto(file);
}

async function fetchPhoto(address: string): Promise<Blob> {
  const response = await fetch(address).catch(() => {
    throw new FailureError({ what: 'picture-not-fetched' });
  });
  if (response.ok) return response.blob();
  throw new FailureError({ what: 'picture-not-fetched', status: response.status });
}
