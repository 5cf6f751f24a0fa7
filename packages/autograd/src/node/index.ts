export { folderReader } from './folder-reader.ts';
