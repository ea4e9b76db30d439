import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/snapshot.ts'],
    // By default vitest leaves one core of two idle; much of a story is waiting for another process.
    maxWorkers: 2,
    // One process runs many files: it loads the program once, and passes emptied stores on (test/support/store.ts).
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
