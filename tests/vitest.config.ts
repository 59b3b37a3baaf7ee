import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const SERVERS = ['tests/e2e/**/*.test.ts', 'tests/**/*.process.test.ts'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    env: { LOG_LEVEL: 'silent' },
    setupFiles: ['tests/support/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'code',
          include: ['tests/{unit,integration}/**/*.test.ts'],
          exclude: SERVERS,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Servers and browsers are processes of their own: two at a time on a small machine would wait for each other.
        extends: true,
        test: { name: 'servers', include: SERVERS, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
