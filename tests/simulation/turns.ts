import Dexie from 'dexie'
import { postLater } from '#tests/support/memory-database/tasks.ts'

/** Whether the database in memory stands in for Dexie here (vitest's project `memory`, `npm run simulate`). */
export const IN_MEMORY = 'standsIn' in Dexie

/** Lets everything that is ready run, so many times over. */
export async function turns(count: number): Promise<void> {
  if (count <= 0) return
  if (IN_MEMORY) return new Promise((resolve) => postLater(count - 1, resolve))
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** Until the work has ended, for so many turns at most. Turns that nobody waits for any more are not taken. */
export async function within(most: number, work: Promise<unknown>): Promise<void> {
  let over = false
  const ended = work.then(() => void (over = true))
  const waiting = async (): Promise<void> => {
    for (let i = 0; i < most && !over; i++) await turns(1)
  }
  await Promise.race([ended, waiting()])
}
