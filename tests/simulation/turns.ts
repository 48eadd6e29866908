import Dexie from 'dexie'
import { NO_ZONE, post } from '#tests/support/memory-database/tasks.ts'

/** Whether the database in memory stands in for Dexie here (vitest's project `memory`, `npm run simulate`). */
export const IN_MEMORY = 'standsIn' in Dexie

const oneTurn: (resolve: () => void) => void = IN_MEMORY
  ? (resolve) => post(NO_ZONE, resolve)
  : (resolve) => void setImmediate(resolve)

/** Lets everything that is ready run, so many times over. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise<void>(oneTurn)
}
