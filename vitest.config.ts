import { defineConfig } from 'vitest/config';
import { inkTableAsModule } from './ink-table.mjs';

export default defineConfig({
  plugins: [
    {
      name: 'ink-table',
      transform: (code, id) => (/ink-table\/dist\/index\.js$/.test(id) ? inkTableAsModule(code) : undefined),
    },
  ],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/build.ts'],
    server: { deps: { inline: ['ink-table'] } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    // Real threads, processes and terminals on shared cores: where nobody watches, a test may try again, and the report says so.
    retry: process.env['CI'] ? 2 : 0,
  },
});
