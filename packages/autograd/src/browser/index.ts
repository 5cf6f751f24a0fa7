export { fetchReader } from './fetch-reader.ts';
export { filesReader, type NamedFile } from './files-reader.ts';
export { startThreads, startWorker } from './threads.ts';
