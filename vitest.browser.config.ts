import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './test/support/chromium.ts';

const chromium = await findChromium();
const launchOptions = { ...chromium, args: chromiumFlags };

/** Shared memory between workers is only given to pages that are isolated from other origins. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The library inside a real page, read from the sources. */
const inPage = {
  resolve: { conditions: ['@igos/source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' as const },
  server: { headers: isolation },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' as const }],
      provider: playwright({ launchOptions }),
    },
  },
};

/** The built playground, opened as a visitor would; these tests run in Node and steer the browser. */
const fromOutside = {
  test: {
    name: 'page',
    environment: 'node' as const,
    include: ['test/page/**/*.test.ts'],
    testTimeout: 60_000,
    // One browser at a time: two would wait for each other where processors are few.
    fileParallelism: false,
    expect: { poll: { timeout: 15_000 } },
    provide: { launchOptions },
  },
};

export default defineConfig({
  test: chromium ? { projects: [inPage, fromOutside] } : { include: [], passWithNoTests: true },
});
