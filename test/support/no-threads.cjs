/** Loaded into a program by --require: a machine on which no thread can be started. */
const workerThreads = require('node:worker_threads');

workerThreads.Worker = class {
  constructor() {
    throw new Error('Resource temporarily unavailable');
  }
};
require('node:module').syncBuiltinESMExports();
