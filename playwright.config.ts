import { defineConfig } from '@playwright/test'

// The real app in the real Electron, one at a time: of two that start at once, one now and then does not come up. No retry: it would hide a race.
export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
})
