import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest file begins first, so that the others run beside it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const longest = sorted.filter(({ moduleId }) => moduleId.endsWith('/reading/train.test.ts'));
    return [...longest, ...sorted.filter((file) => !longest.includes(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/snapshot.ts'],
    setupFiles: ['test/support/chance.ts'],
    // On two cores: a third of a story is waiting for other processes. Four take longer than three (tried).
    sequence: { sequencer: LongestFirst },
    maxWorkers: 3,
    // One process runs many files: it loads the program once, and passes emptied stores on (test/support/store.ts).
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
