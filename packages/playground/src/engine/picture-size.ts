/** More than what stands before the size in files of cameras, with their previews. */
const headerBytes = 1_000_000;

type Size = readonly [width: number, height: number];

/**
 * Width and height of a PNG, JPEG or WebP picture as its header has them, with nothing decoded; undefined for any other
 * file.
 */
export async function pictureSize(file: Blob): Promise<Size | undefined> {
  const bytes = new DataView(await file.slice(0, headerBytes).arrayBuffer());
  try {
    return sizeOfPng(bytes) ?? sizeOfWebp(bytes) ?? sizeOfJpeg(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // it ends before
    throw error;
  }
}

function letters(bytes: DataView, at: number, count: number): string {
  return String.fromCharCode(...Array.from({ length: count }, (_, i) => bytes.getUint8(at + i)));
}

function sizeOfPng(bytes: DataView): Size | undefined {
  return letters(bytes, 0, 4) === '\x89PNG' ? [bytes.getUint32(16), bytes.getUint32(20)] : undefined;
}

/** @source RFC 9649: a size in the extended header, else in that of the lossy or the lossless frame */
function sizeOfWebp(bytes: DataView): Size | undefined {
  if (letters(bytes, 0, 4) !== 'RIFF' || letters(bytes, 8, 4) !== 'WEBP') return undefined;
  const kind = letters(bytes, 12, 4);
  if (kind === 'VP8X') {
    const threeBytes = (at: number) => bytes.getUint16(at, true) + 65536 * bytes.getUint8(at + 2);
    return [1 + threeBytes(24), 1 + threeBytes(27)];
  }
  if (kind === 'VP8L') {
    const bits = bytes.getUint32(21, true);
    return [1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)];
  }
  return kind === 'VP8 ' ? [bytes.getUint16(26, true) & 0x3fff, bytes.getUint16(28, true) & 0x3fff] : undefined;
}

/** @source ITU-T T.81: segments of a marker and a length, until that of a frame, C0 to CF but for three others */
function sizeOfJpeg(bytes: DataView): Size | undefined {
  if (bytes.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ; at += 2 + bytes.getUint16(at + 2)) {
    while (bytes.getUint16(at) === 0xffff) at++; // markers may be filled up
    const marker = bytes.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return [bytes.getUint16(at + 7), bytes.getUint16(at + 5)];
    if (marker < 0xff00) return undefined;
  }
}
