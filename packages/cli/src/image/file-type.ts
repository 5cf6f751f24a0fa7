/** The picture formats that are read. */
export const pictureFormats: readonly string[] = ['PNG', 'JPEG', 'WebP'];

/** What stands at which byte of a file; formats that are not read are listed to be named in the message. */
const signatures: readonly (readonly [format: string, offset: number, text: string])[] = [
  ['PNG', 0, '\x89PNG\r\n\x1a\n'],
  ['JPEG', 0, '\xff\xd8\xff'],
  ['WebP', 8, 'WEBP'],
  ['GIF', 0, 'GIF8'],
  ['HEIC', 4, 'ftyphei'],
  ['HEIC', 4, 'ftypmif1'],
  ['AVIF', 4, 'ftypavi'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['BMP', 0, 'BM'],
  ['SVG', 0, '<svg'],
  ['SVG', 0, '<?xml'],
  ['PDF', 0, '%PDF'],
];

/** The format that the first bytes of a file claim, whatever its name; '' when they claim none that we know. */
export function fileType(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  return signatures.find(([, offset, text]) => head.startsWith(text, offset))?.[0] ?? '';
}
