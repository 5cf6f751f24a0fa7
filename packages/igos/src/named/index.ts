/** Every part under the name that a person types, and settings in such words: for command lines, links and forms. */
export { formatMaskSize, parseMaskSize } from './mask-size.ts';
export * from './parts.ts';
export * from './settings.ts';
