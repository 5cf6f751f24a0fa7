import { defineConfig } from 'vitest/config';

/** Lets every test read the packages' TypeScript sources; nothing has to be built first. */
const fromSources = { conditions: ['@igos/source'] };

function project(name: string, testTimeout: number) {
  return {
    resolve: fromSources,
    ssr: { resolve: fromSources },
    test: { name, environment: 'node', include: [`test/${name}/**/*.test.ts`], testTimeout },
  };
}

export default defineConfig({
  test: {
    maxWorkers: '100%', // Vitest would leave one core idle, half of a small machine
    // `cli` spawns the built program, so its task builds first (turbo.json).
    projects: [
      project('autograd', 60_000),
      project('igos', 60_000),
      project('repo', 60_000),
      project('docs', 120_000),
      project('bench', 60_000),
      project('cli', 120_000),
    ],
  },
});
