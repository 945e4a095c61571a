import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'client/src/**/*.test.ts'],
    testTimeout: 20_000,
    // As many as there are processors, up to two: some tests measure time.
    maxWorkers: 2,
    // It imports JSON as only bundlers do.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
  },
});
