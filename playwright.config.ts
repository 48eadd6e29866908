import { defineConfig } from '@playwright/test'

// The real app in the real Electron, two at a time, each on a display of its own. No retry: it would hide a race.
export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A limit for what hangs: two at a time take turns.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
})
