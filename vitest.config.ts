import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/snapshot.ts'],
    setupFiles: ['test/support/chance.ts'],
    // On two cores: a third of a story is waiting for other processes. Four take longer than three (tried).
    maxWorkers: 3,
    // One process runs many files: it loads the program once, and passes emptied stores on (test/support/store.ts).
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
