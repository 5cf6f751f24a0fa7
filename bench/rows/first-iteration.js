// Loaded before the built `igos`: prints when the first iteration begins, in milliseconds since 1970, and ends there.
import { writeSync } from 'node:fs';
import { directions } from '../../packages/cli/dist/options/parts.js';

// The table from which the command line takes what `--direction` names.
directions.integrated = () => {
  writeSync(1, String(performance.timeOrigin + performance.now()));
  process.exit(0);
};
