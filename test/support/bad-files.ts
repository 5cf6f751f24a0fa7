import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { goldenModelFolder, photos } from './igos-cli.ts';
import { seededValues } from './seeded.ts';

/** A small photo that every model here can take. */
export async function writePhoto(path: string, { width = 24, height = 20 } = {}): Promise<void> {
  const data = Uint8Array.from(seededValues(1, 3 * width * height, [0, 255]));
  await sharp(data, { raw: { width, height, channels: 3 } }).toFile(path);
}

/** A JPEG that ends in the middle. */
export function writeTruncatedPhoto(path: string): void {
  const bytes = readFileSync(join(photos, 'goldfish.jpg'));
  writeFileSync(path, bytes.subarray(0, bytes.length / 2));
}

/** A PNG whose header claims a size; there are no pixels behind it. */
export function writeHugeHeader(path: string, width: number, height: number): void {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', header), chunk('IDAT', Buffer.alloc(0)), chunk('IEND', Buffer.alloc(0))];
  writeFileSync(path, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]));
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), 8 + data.length);
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A file in numpy's format with any header. */
export function writeNpyFile(path: string, values: ArrayLike<number>, shape: readonly number[]): void {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = Buffer.alloc(128, ' ');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(118, 8);
  header.write(dict, 10, 'latin1');
  header.write('\n', 127, 'latin1');
  writeFileSync(path, Buffer.concat([header, Buffer.from(Float32Array.from(values).buffer)]));
}

interface ModelFile {
  userDefinedMetadata?: { logitsNode?: string };
  signature?: { outputs: Record<string, { name: string; dtype: string; tensorShape: { dim: { size: string }[] } }> };
  modelTopology: { node: { name: string; op: string; input?: string[] }[] } | undefined;
  weightsManifest: { paths: string[]; weights: unknown[] }[];
}

interface ModelChange {
  /** Folder of the model to copy; the trained network by default. */
  readonly from?: string;
  readonly json?: (model: ModelFile) => void;
  readonly weights?: (bytes: Buffer) => Uint8Array;
}

/** A copy of a model with something done to it. */
export function writeModel(folder: string, change: ModelChange): void {
  cpSync(change.from ?? goldenModelFolder, folder, { recursive: true });
  const file = join(folder, 'model.json');
  const model: ModelFile = JSON.parse(readFileSync(file, 'utf8'));
  const shard = join(folder, model.weightsManifest[0]?.paths[0] ?? '');
  if (change.weights) writeFileSync(shard, change.weights(readFileSync(shard)));
  change.json?.(model);
  writeFileSync(file, JSON.stringify(model));
}
