import { replayGoldenRuns } from '../support/igos-replay.ts';

replayGoldenRuns('digits', { runs: 16 });
