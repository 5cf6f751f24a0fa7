import { replayGoldenRuns } from '../support/igos-replay.ts';

replayGoldenRuns('trained16', { runs: 24 });
