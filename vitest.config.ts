import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What every project shares. No retries: a test that fails now and then is a bug. */
const shared = { retry: 0, pool: 'forks' as const };

export default defineConfig({
  test: {
    ...shared,
    // Tests with real servers mostly wait: with one file at a time, as two cores get by default, most of a machine is idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ['default', './test/support/reporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: [
            '{packages,services,infra}/**/*.test.ts',
            'test/*.test.ts',
            'test/{sites,support,hostile,fuzz,patterns}/**/*.test.ts',
          ],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          include: ['{packages,services,infra}/**/*.int.test.ts', 'test/hostile/*.int.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['test/support/stack.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/{e2e,chaos}/**/*.test.ts'],
          globalSetup: ['test/support/stack.ts'],
          // Each of these starts whole processes: one file at a time keeps two cores honest.
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          ...shared,
          // Needs a Docker Engine and images; says why when it cannot run. `pnpm test:containers` gets both.
          name: 'containers',
          include: ['test/containers/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
