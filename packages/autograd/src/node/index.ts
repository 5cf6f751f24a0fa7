export { folderReader } from './folder-reader.ts';
export { startThreads, startWorker } from './threads.ts';
