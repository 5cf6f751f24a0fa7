import { replayGoldenRuns } from '../support/igos-replay.ts';

replayGoldenRuns('mobile', { runs: 16 });
