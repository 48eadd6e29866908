import type { Table } from 'dexie'

const AT_ONCE = 5000

function keysAfter(table: Table<unknown, string>, after: string): Promise<string[]> {
  return table.where(':id').above(after).limit(AT_ONCE).primaryKeys()
}

/**
 * How many records a table has. A few thousand keys at a time: counted by the store in one go, half a million keep everybody else who reads
 * waiting for a second.
 */
export async function countKeys(table: Table<unknown, string>): Promise<number> {
  let count = 0
  for (let after = ''; ;) {
    const keys = await keysAfter(table, after)
    count += keys.length
    if (keys.length < AT_ONCE) return count
    after = keys.at(-1) ?? after
  }
}

/** The keys of a table in their order, a few thousand in memory at a time; null behind the last. */
export function readKeys(table: Table<unknown, string>): {
  next: () => string | null | Promise<string | null>
} {
  let page: string[] = []
  let at = 0
  let over = false
  const readPage = async (): Promise<string | null> => {
    const after = page.at(-1) ?? ''
    page = await keysAfter(table, after)
    over = page.length < AT_ONCE
    at = 1
    return page[0] ?? null
  }
  return {
    next: () => {
      const key = page[at]
      if (key === undefined) return over ? null : readPage()
      at++
      return key
    },
  }
}
