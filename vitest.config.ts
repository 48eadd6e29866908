import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { memoryDatabaseAlias } from './tests/support/memory-database/alias.ts'

const CONNECTED = 'tests/peers/connected-stories.test.ts'

// `unit` and `memory` are quick and need nothing but npm; `real` starts real parts (a shop server, CUPS, poppler).
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          include: [
            'core/**/*.test.ts',
            'renderer/**/*.test.ts',
            'electron/**/*.test.ts',
            'scripts/**/*.test.{ts,mjs}',
            'tests/{conformance,repositories,locales,architecture,simulation,support}/**/*.test.ts',
          ],
          // A seed is a story only in memory: with Dexie the order of events also depends on the machine.
          // Kills at every write of 500 orders are the same on both databases, and twice as fast in memory.
          exclude: [
            '**/node_modules/**',
            'tests/{simulation/same-story,repositories/finish-judging}.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        // The same tests of storage, on the database in memory that the simulation uses (docs/adr/0013).
        test: {
          name: 'memory',
          include: ['tests/{repositories,simulation}/**/*.test.ts'],
          // Of what other threads write, and of other tables than Caravel's, only Dexie itself knows. No story of the simulation
          // moves a workspace in files, changes in bulk, fetches a tariff or asks the index.
          exclude: [
            '**/node_modules/**',
            'tests/repositories/{listing-search,order-index-desk,own-changes,read-insights,read-near}.test.ts',
            'tests/repositories/{transfer,resume-import,restore-versions,full-tariff}.test.ts',
            'tests/repositories/{bulk,fetch-tariff,order-index,workspace-file-spec,insights}.test.ts',
          ],
          alias: memoryDatabaseAlias,
          testTimeout: 30_000,
        },
      },
      { test: { name: 'contracts', include: ['tests/contracts/**/*.test.ts'] } },
      { test: { name: 'demo', include: ['tests/demo/**/*.test.ts'], testTimeout: 120_000 } },
      {
        // The simulation with real connectors: on the database in memory, with the contracts of their remotes.
        test: {
          name: 'connected',
          include: [CONNECTED],
          alias: memoryDatabaseAlias,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'real',
          include: ['tests/{peers,printing,documents}/**/*.test.ts'],
          exclude: ['**/node_modules/**', CONNECTED],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
    exclude: ['**/node_modules/**', 'out/**', 'release/**'],
  },
})
