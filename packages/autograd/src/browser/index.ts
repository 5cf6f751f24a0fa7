export { fetchReader } from './fetch-reader.ts';
export { filesReader, type NamedFile } from './files-reader.ts';
export { startWorker } from './start-worker.ts';
