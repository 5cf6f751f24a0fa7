import type { LaunchOptions } from 'playwright-core';

declare module 'vitest' {
  interface ProvidedContext {
    launchOptions: LaunchOptions;
  }
}
