/** Every part under the name that a person types, and settings in such words: for command lines, links and forms. */
export * from './parts.ts';
export * from './settings.ts';
