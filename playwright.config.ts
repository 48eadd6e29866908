import { defineConfig } from '@playwright/test'

// The real app in the real Electron. Two files at a time: an app mostly waits for its own clocks, each has its profile, its display and its
// ports, and what is measured is measured elsewhere (tests/bench). No retry: it would hide a race.
export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
})
