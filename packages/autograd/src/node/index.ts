export { folderReader } from './folder-reader.ts';
export { startWorker } from './start-worker.ts';
