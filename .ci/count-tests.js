// Adds up the reports that `npm test` leaves, one for each Vitest run, and prints them as one line.
import { readFileSync } from 'node:fs';

function count(run) {
  try {
    const report = JSON.parse(readFileSync(new URL(`out/${run}.json`, import.meta.url), 'utf8'));
    // A file that cannot even be loaded holds no tests, so it shows up only in `success`.
    const unloaded = !report.success && report.numFailedTests === 0 ? 1 : 0;
    return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded };
  } catch (error) {
    console.error(`no report of the ${run} tests: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

const counts = ['node', 'cli', 'browser'].map(count);
const passed = counts.reduce((sum, run) => sum + run.passed, 0);
const failed = counts.reduce((sum, run) => sum + run.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
