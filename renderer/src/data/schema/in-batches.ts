import type { Table } from 'dexie'

/** Records per step of an upgrade: memory stays flat however much is stored. */
const BATCH = 500

/** Walks a table by keyset, so that writing to it on the way is safe. */
export async function inBatches<T extends { id: string }>(
  table: Table<T, string>,
  step: (batch: T[]) => PromiseLike<unknown>,
): Promise<void> {
  let after = ''
  for (;;) {
    const batch: T[] = await table.where(':id').above(after).limit(BATCH).toArray()
    const last = batch.at(-1)
    if (last === undefined) return
    after = last.id
    await step(batch)
  }
}
